package io.farandole.gateway.playlists;

import io.farandole.events.UserId;
import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.calls.Call;
import io.farandole.gateway.parameters.Identifier;
import io.farandole.gateway.parameters.ReadingBody;
import io.farandole.gateway.parameters.Said;
import io.farandole.gateway.scenarios.Scenarios;
import io.farandole.gateway.zones.Zones;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The addresses where playlists are. */
@RestController
@Tag(name = "recommendations")
class PlaylistsController {

    private static final String PARAMETERS =
            """
            In the query, or in a JSON body (which has the last word); lists repeated or with commas. \
            `limit` (1 to 100, 20), `after` (the `next` of the page before: no item comes twice, \
            however the list has changed), `offers` (that it is to be like; their items are left out), \
            `categories`, `subcategories`, `searchGroups`, `priceMinCents`, `priceMaxCents`, \
            `startsAfter` and `startsBefore` (a day, or a time; both excluded), `digital`, `duo`, \
            `latitude` and `longitude`, `radius` (in metres), `zone` (one of those that are set), `mixedBy` (subcategory, searchGroup, \
            category, none), `sort` (best; distance: of the page the \
            nearest first), `explain` (true: with all that is known of how it came about), `scenario` (one that is \
            configured: what is included, excluded, boosted, pinned, tried; `params.scenario` says what it did). \
            Unknown names are passed over.\
            """;

    private final Playlists playlists;
    private final ReadingBody bodies;
    private final Zones zones;
    private final ZoneId zone;

    private final Scenarios scenarios;

    PlaylistsController(
            Playlists playlists,
            ReadingBody bodies,
            Zones zones,
            Scenarios scenarios,
            GatewaySettings settings) {
        this.scenarios = scenarios;
        this.playlists = playlists;
        this.bodies = bodies;
        this.zones = zones;
        this.zone = settings.zone();
    }

    @Operation(summary = "What a user is shown, page by page", description = PARAMETERS)
    @RequestMapping(
            path = "/v1/users/{id}/playlists",
            method = {RequestMethod.GET, RequestMethod.POST},
            produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<PlaylistAnswer> ofUser(
            @Parameter(description = "The user's id.", example = "42") @PathVariable String id,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        UserId user = Identifier.of("id", id, UserId::new);
        return page(user, exchange);
    }

    @Operation(
            summary = "What somebody is shown of whom nothing is known but what they liked",
            description =
                    "`offers` is what they liked. Of whom no age is known, nothing for adults is"
                            + " shown. No impression is told. "
                            + PARAMETERS)
    @RequestMapping(
            path = "/v1/playlists",
            method = {RequestMethod.GET, RequestMethod.POST},
            produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<PlaylistAnswer> ofNobody(@Parameter(hidden = true) ServerWebExchange exchange) {
        return page(null, exchange);
    }

    private Mono<PlaylistAnswer> page(@Nullable UserId user, ServerWebExchange exchange) {
        Call call = Call.of(exchange);
        var query = exchange.getRequest().getQueryParams();
        return bodies.ofJson(exchange.getRequest())
                .map(
                        body ->
                                PlaylistParameters.read(
                                        Said.of(query, body.orElse(null)), zone, zones, scenarios))
                .flatMap(
                        asked ->
                                playlists
                                        .page(
                                                user,
                                                asked.like(),
                                                asked.before(),
                                                asked.wish(),
                                                asked.explain(),
                                                call)
                                        .map(list -> PlaylistAnswer.of(list, asked, call)))
                // It answers 304 itself then, and there is no body.
                .filter(
                        answer ->
                                !exchange.getRequest().getMethod().equals(HttpMethod.GET)
                                        || !exchange.checkNotModified(answer.tag()));
    }
}
