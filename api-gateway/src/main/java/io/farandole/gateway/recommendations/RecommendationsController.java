package io.farandole.gateway.recommendations;

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
import io.swagger.v3.oas.annotations.headers.Header;
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

/** The address where users' recommendations are. */
@RestController
@Tag(name = "recommendations")
class RecommendationsController {

    private final Recommending recommending;
    private final Scenarios scenarios;

    RecommendationsController(Recommending recommending, Scenarios scenarios) {
        this.recommending = recommending;
        this.scenarios = scenarios;
    }

    @Operation(
            operationId = "recommendations",
            summary = "What a user is recommended now, best first",
            description =
                    """
                    The user's own list in the release that is served, which the latest events have \
                    already changed. A user without one gets what is popular (`params.origin` says so); while nothing is known at all, \
                    the list is empty. Shown is what no rule speaks against: it can be had and booked now, the \
                    user is old enough today (of whom no birth date is known, is not), can pay for it, \
                    and has not had its item yet. Unknown \
                    query parameters are ignored.""")
    @ApiResponse(
            responseCode = "200",
            description = "The recommendations",
            headers =
                    @Header(
                            name = "ETag",
                            description =
                                    "Of the list's version, and of what of it may be shown now.",
                            schema = @Schema(type = "string")),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = Recommendations.class),
                            examples =
                                    @ExampleObject(
                                            name = "model",
                                            ref = "#/components/examples/recommendations")))
    @ApiResponse(
            responseCode = "304",
            description = "It is as it was for the ETag in If-None-Match",
            content = @Content)
    @GetMapping(
            path = "/v1/users/{id}/recommendations",
            produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<Recommendations> recommendations(
            @Parameter(description = "The user's id.", example = "42") @PathVariable String id,
            @HowMany @RequestParam(required = false) @Nullable String limit,
            @Parameter(
                            description =
                                    "true: with all that is known of how the answer came about.",
                            schema = @Schema(type = "boolean"))
                    @RequestParam(required = false)
                    @Nullable String explain,
            @InScenario @RequestParam(required = false) @Nullable String scenario,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        UserId user = Identifier.of("id", id, UserId::new);
        return switch (Limit.parse(limit)) {
            case Limit.Of(int items) ->
                    recommending
                            .to(
                                    user,
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
