package io.farandole.gateway.recommendations;

import io.farandole.events.UserId;
import io.farandole.gateway.documentation.HowMany;
import io.farandole.gateway.documentation.InScenario;
import io.farandole.gateway.eligibility.Wish;
import io.farandole.gateway.items.Limit;
import io.farandole.gateway.parameters.Identifier;
import io.farandole.gateway.problems.ProblemException;
import io.farandole.gateway.scenarios.Scenarios;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** The address where a user's recommendations come by themselves. */
@RestController
@Tag(name = "recommendations")
class StreamController {

    private final StreamingLists streaming;
    private final Scenarios scenarios;

    StreamController(StreamingLists streaming, Scenarios scenarios) {
        this.streaming = streaming;
        this.scenarios = scenarios;
    }

    @Operation(
            operationId = "recommendationsStream",
            summary = "What a user is recommended, now and whenever it changes",
            description =
                    """
                    Server-sent events. The first is the list as it is now; then comes one for \
                    each change of it, several in a row as one. Each is as the plain list, and its \
                    id names the list's version: with it in Last-Event-ID, which browsers send by \
                    themselves, what the client has is not sent again. A comment comes every 15 s \
                    at least. A stock that runs \
                    out, or a credit, changes it as well. It ends when the service does: come back.""")
    @ApiResponse(
            responseCode = "200",
            description = "Events named recommendations",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                            schema = @Schema(implementation = Recommendations.class)))
    @ApiResponse(
            responseCode = "503",
            description = "Postgres does not answer in time, or nothing is heard of changes",
            content = @Content)
    @GetMapping(
            path = "/v1/users/{id}/recommendations/stream",
            produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<Recommendations>> stream(
            @Parameter(description = "The user's id.", example = "42") @PathVariable String id,
            @HowMany @RequestParam(required = false) @Nullable String limit,
            @InScenario @RequestParam(required = false) @Nullable String scenario,
            @Parameter(description = "The id of the last event that the client has.")
                    @RequestHeader(name = "Last-Event-ID", required = false)
                    @Nullable String last) {
        UserId user = Identifier.of("id", id, UserId::new);
        return switch (Limit.parse(limit)) {
            case Limit.Of(int items) ->
                    streaming.of(user, Wish.bestFirst(items).in(scenarios.wished(scenario)), last);
            case Limit.Refused(String reason) ->
                    Flux.error(ProblemException.parameter("limit", reason));
        };
    }
}
