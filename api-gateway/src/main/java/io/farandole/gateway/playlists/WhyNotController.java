package io.farandole.gateway.playlists;

import io.farandole.events.OfferId;
import io.farandole.events.UserId;
import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.calls.Call;
import io.farandole.gateway.parameters.Identifier;
import io.farandole.gateway.parameters.Said;
import io.farandole.gateway.problems.ProblemCode;
import io.farandole.gateway.problems.ProblemException;
import io.farandole.gateway.scenarios.Scenarios;
import io.farandole.gateway.zones.Zones;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.ZoneId;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The address where operators ask why somebody does not see something. */
@RestController
@Tag(name = "recommendations")
class WhyNotController {

    private final FindingWhyNot whyNot;
    private final Zones zones;
    private final Scenarios scenarios;
    private final ZoneId zone;

    WhyNotController(
            FindingWhyNot whyNot, Zones zones, Scenarios scenarios, GatewaySettings settings) {
        this.whyNot = whyNot;
        this.zones = zones;
        this.scenarios = scenarios;
        this.zone = settings.zone();
    }

    @Operation(
            operationId = "whyNot",
            summary = "Why a user is not shown an offer",
            description =
                    "Names every rule that keeps the offer from the user's list, or its place in"
                            + " it. With the parameters of a playlist (priceMaxCents, scenario and so"
                            + " on), as if the list were asked for with them. It tells of a user's age,"
                            + " credit and bookings, so it needs a key of the role operator.")
    @ApiResponse(
            responseCode = "200",
            description = "What keeps it away, or its place",
            content = @Content(schema = @Schema(implementation = WhyNot.class)))
    @ApiResponse(responseCode = "404", description = "Nobody knows this offer")
    @GetMapping(
            path = "/v1/users/{id}/why-not/{offer}",
            produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<WhyNot> whyNot(
            @Parameter(description = "The user's id.", example = "42") @PathVariable String id,
            @Parameter(description = "The offer's id.", example = "movie-1") @PathVariable
                    String offer,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        return whyNot.of(
                        Identifier.of("id", id, UserId::new),
                        Identifier.of("offer", offer, OfferId::new),
                        PlaylistParameters.read(
                                        Said.of(exchange.getRequest().getQueryParams(), null),
                                        zone,
                                        zones,
                                        scenarios)
                                .wish(),
                        Call.of(exchange))
                .switchIfEmpty(
                        Mono.error(
                                () ->
                                        ProblemException.of(
                                                ProblemCode.UNKNOWN_OFFER,
                                                "There is no such offer, or not yet")));
    }
}
