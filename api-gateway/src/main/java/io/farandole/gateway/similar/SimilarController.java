package io.farandole.gateway.similar;

import io.farandole.events.OfferId;
import io.farandole.events.UserId;
import io.farandole.gateway.calls.Call;
import io.farandole.gateway.documentation.HowMany;
import io.farandole.gateway.documentation.InScenario;
import io.farandole.gateway.eligibility.Wish;
import io.farandole.gateway.explaining.Explaining;
import io.farandole.gateway.items.Limit;
import io.farandole.gateway.parameters.Identifier;
import io.farandole.gateway.problems.ProblemException;
import io.farandole.gateway.scenarios.Scenarios;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The address where what is similar to an offer is. */
@RestController
@Tag(name = "recommendations")
class SimilarController {

    private final FindingSimilar finding;
    private final Scenarios scenarios;

    SimilarController(FindingSimilar finding, Scenarios scenarios) {
        this.finding = finding;
        this.scenarios = scenarios;
    }

    @Operation(
            operationId = "similarOffers",
            summary = "What is similar to an offer, most similar first",
            description =
                    """
                    What the release that is served knows to be similar to the offer's item, without \
                    that item. If it knows nothing: what is popular in the same categories \
                    (`params.origin` says so), or an empty list. Shown is what no rule speaks \
                    against, for this user; without one, for somebody without an age. The offer itself \
                    may be one that can no longer be had. Unknown \
                    query parameters are ignored.\
                    """)
    @ApiResponse(
            responseCode = "200",
            description = "What is similar",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = SimilarOffers.class),
                            examples =
                                    @ExampleObject(
                                            name = "model",
                                            ref = "#/components/examples/similar")))
    @ApiResponse(
            responseCode = "304",
            description = "It is as it was for the ETag in If-None-Match",
            content = @Content)
    @ApiResponse(responseCode = "404", description = "Nobody knows this offer")
    @GetMapping(path = "/v1/offers/{id}/similar", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<SimilarOffers> similar(
            @Parameter(description = "The offer's id.", example = "movie-1") @PathVariable
                    String id,
            @HowMany @RequestParam(required = false) @Nullable String limit,
            @InScenario @RequestParam(required = false) @Nullable String scenario,
            @Parameter(
                            description =
                                    "Whom it is shown to: whose age, credit and bookings count.",
                            example = "42")
                    @RequestParam(required = false)
                    @Nullable String user,
            @Parameter(
                            description = "With how it came about: sources, release, rules.",
                            schema = @Schema(type = "boolean"))
                    @RequestParam(required = false)
                    @Nullable String explain,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        OfferId offer = Identifier.of("id", id, OfferId::new);
        UserId to = user == null ? null : Identifier.of("user", user, UserId::new);
        return switch (Limit.parse(limit)) {
            case Limit.Of(int items) ->
                    finding.to(
                                    offer,
                                    to,
                                    Wish.bestFirst(items).in(scenarios.wished(scenario)),
                                    Explaining.isAsked(explain),
                                    Call.of(exchange))
                            // It answers 304 itself then, and there is no body.
                            .filter(answer -> !exchange.checkNotModified(answer.tag()));
            case Limit.Refused(String reason) ->
                    Mono.error(ProblemException.parameter("limit", reason));
        };
    }
}
