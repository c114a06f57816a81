package io.farandole.gateway.playlists;

import io.farandole.events.UserId;
import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.calls.Call;
import io.farandole.gateway.parameters.Identifier;
import io.farandole.gateway.parameters.Said;
import io.farandole.gateway.parameters.Values;
import io.farandole.gateway.problems.ProblemException;
import io.farandole.gateway.scenarios.Scenarios;
import io.farandole.gateway.zones.Zones;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The addresses where what everyone likes is. */
@RestController
@Tag(name = "recommendations")
class PopularController {

    private static final String PARAMETERS =
            """
            In the query; lists repeated or with commas. `user` (whose age, credit and \
            bookings count; without, those of somebody without an age), `limit` (1 to 100, \
            20), `after` (the `next` of the page before), `categories`, `subcategories`, \
            `searchGroups`, `priceMinCents`, `priceMaxCents`, `startsAfter` and \
            `startsBefore`, `digital`, `duo`, `latitude` and `longitude`, `radius` (in \
            metres), `zone` (one of those that are set), `mixedBy` (none, subcategory, \
            searchGroup, category), `sort` (best, distance), `explain`, `scenario`. Unknown names are \
            passed over. The answer has an ETag.""";

    private final Playlists playlists;
    private final ReadingTrends trends;
    private final Zones zones;
    private final ZoneId zone;

    private final Scenarios scenarios;

    PopularController(
            Playlists playlists,
            ReadingTrends trends,
            Zones zones,
            Scenarios scenarios,
            GatewaySettings settings) {
        this.scenarios = scenarios;
        this.playlists = playlists;
        this.trends = trends;
        this.zones = zones;
        this.zone = settings.zone();
    }

    @Operation(
            operationId = "popular",
            summary = "What everyone likes, the most liked first",
            description =
                    "`window` (all, what is longer ago counting less and less; or `28d`, `56d` … `336d`,"
                            + " what was liked in the last so many days, as of the last act that is"
                            + " known). "
                            + PARAMETERS)
    @GetMapping(path = "/v1/popular", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<PlaylistAnswer> popular(@Parameter(hidden = true) ServerWebExchange exchange) {
        Call call = Call.of(exchange);
        Asked asked = asked(exchange, "all");
        Mono<Ranking> ranking =
                asked.windows() == 0
                        ? Mono.just(new Ranking(List.of(), Playlist.Origin.POPULAR))
                        : trends.popular(asked.windows(), call.skips())
                                .map(items -> new Ranking(items, Playlist.Origin.POPULAR));
        return answer(asked, ranking, call, exchange);
    }

    @Operation(
            operationId = "trending",
            summary = "What is liked more than before, the strongest growth first",
            description =
                    "`window` (`28d`, `56d` … `336d`): the last so many days against as many before"
                            + " them, as of the last act that is known. Behind it, what is popular. "
                            + PARAMETERS)
    @GetMapping(path = "/v1/trending", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<PlaylistAnswer> trending(@Parameter(hidden = true) ServerWebExchange exchange) {
        Call call = Call.of(exchange);
        Asked asked = asked(exchange, ReadingTrends.WINDOW + "d");
        return answer(
                asked,
                trends.trending(asked.windows(), call.skips())
                        .map(items -> new Ranking(items, Playlist.Origin.TRENDING)),
                call,
                exchange);
    }

    /**
     * @param windows how many; 0 for all that there are
     */
    private record Asked(@Nullable UserId user, int windows, PlaylistParameters parameters) {}

    private Asked asked(ServerWebExchange exchange, String usual) {
        Said said = Said.of(exchange.getRequest().getQueryParams(), null);
        Values values = new Values(said, zone);
        String user = values.text("user");
        UserId whose = user == null ? null : Identifier.of("user", user, UserId::new);
        String window = values.text("window");
        return new Asked(
                whose,
                windows(window == null ? usual : window, usual.equals("all")),
                PlaylistParameters.read(said, zone, zones, scenarios, "none"));
    }

    private static int windows(String window, boolean mayBeAll) {
        if (mayBeAll && window.equals("all")) {
            return 0;
        }
        for (int windows = 1; windows <= ReadingTrends.MOST_WINDOWS; windows++) {
            if (window.equals(windows * ReadingTrends.WINDOW + "d")) {
                return windows;
            }
        }
        throw ProblemException.parameter(
                "window",
                "is " + (mayBeAll ? "neither all nor" : "not") + " a multiple of 28d up to 336d");
    }

    private Mono<PlaylistAnswer> answer(
            Asked asked, Mono<Ranking> ranking, Call call, ServerWebExchange exchange) {
        PlaylistParameters parameters = asked.parameters();
        return ranking.flatMap(
                        order ->
                                playlists.inOrder(
                                        order,
                                        asked.user(),
                                        parameters.before(),
                                        parameters.wish(),
                                        parameters.explain(),
                                        call))
                .map(list -> PlaylistAnswer.of(list, parameters, call))
                // It answers 304 itself then, and there is no body.
                .filter(answer -> !exchange.checkNotModified(answer.tag()));
    }
}
