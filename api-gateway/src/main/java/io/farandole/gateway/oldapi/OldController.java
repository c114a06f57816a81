package io.farandole.gateway.oldapi;

import io.farandole.events.OfferId;
import io.farandole.events.UserId;
import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.calls.Call;
import io.farandole.gateway.offers.OfferFacts;
import io.farandole.gateway.parameters.Identifier;
import io.farandole.gateway.parameters.ReadingBody;
import io.farandole.gateway.parameters.Said;
import io.farandole.gateway.playlists.Playlist;
import io.farandole.gateway.playlists.Playlists;
import io.farandole.gateway.scenarios.Scenarios;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The old API's lists. */
@RestController
@Tag(name = "old")
class OldController {

    static final String UNKNOWN = "farandole.api.old.unknown-parameters";

    private static final int USUAL = 20;
    private static final int USUALLY_SIMILAR = 10;

    /** Whom its clients named when they knew of nobody. */
    private static final String NOBODY = "-1";

    private static final String PARAMETERS =
            """
            Kept for clients of the API that this one replaces; their `?token=` is taken here alone. \
            In the query: token, latitude, longitude, internal, user_id. In the query or in a JSON \
            body, in camelCase or snake_case, lists repeated or with commas: startDate, endDate, \
            isEvent, offerIsDuo, isDigital, categories, subcategories, movieType, offerTypeLabel, \
            offerSubTypeLabel, macroRayon, priceMin, priceMax, includeNumericals, nbRecoDisplay, \
            recoRadius, isRecoShuffled, isRecoMixed, isSortByDistance, mixingFeatures, modelName. \
            New: scenario, one that is configured. \
            What is none of these is passed over.\
            """;

    private final Playlists playlists;
    private final ReadingBody bodies;
    private final ZoneId zone;
    private final Scenarios scenarios;
    private final Counter unknown;

    OldController(
            Playlists playlists,
            ReadingBody bodies,
            Scenarios scenarios,
            GatewaySettings settings,
            MeterRegistry meters) {
        this.playlists = playlists;
        this.bodies = bodies;
        this.scenarios = scenarios;
        this.zone = settings.zone();
        this.unknown = meters.counter(UNKNOWN);
    }

    @Operation(summary = "A user's list, as the old API gave it", description = PARAMETERS)
    @RequestMapping(
            path = "/recommendation/{user}",
            method = {RequestMethod.GET, RequestMethod.POST},
            produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<Answers.Recommendation> recommendation(
            @PathVariable String user, @Parameter(hidden = true) ServerWebExchange exchange) {
        return personal(user, exchange)
                .map(answer -> new Answers.Recommendation(answer.offers(), answer.params()));
    }

    @Operation(summary = "The same, under another key", description = PARAMETERS)
    @RequestMapping(
            path = "/playlist_recommendation/{user}",
            method = {RequestMethod.GET, RequestMethod.POST},
            produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<Answers.PlaylistRecommendation> playlist(
            @PathVariable String user, @Parameter(hidden = true) ServerWebExchange exchange) {
        return personal(user, exchange)
                .map(
                        answer ->
                                new Answers.PlaylistRecommendation(
                                        answer.offers(), answer.params()));
    }

    @Operation(summary = "Similar offers, as the old API gave them", description = PARAMETERS)
    @RequestMapping(
            path = "/similar_offers/{offer}",
            method = {RequestMethod.GET, RequestMethod.POST},
            produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<Answers.SimilarOffers> similar(
            @PathVariable String offer, @Parameter(hidden = true) ServerWebExchange exchange) {
        OfferId like = Identifier.of("offer", offer, OfferId::new);
        Call call = Call.of(exchange);
        return parameters(exchange, USUALLY_SIMILAR)
                .flatMap(
                        asked ->
                                playlists
                                        .like(
                                                like,
                                                context(asked),
                                                asked.wish(),
                                                call,
                                                !asked.isInternal())
                                        .map(
                                                list ->
                                                        new Answers.SimilarOffers(
                                                                ids(list),
                                                                Answers.similarParams(
                                                                        list, asked, call.id()))));
    }

    private record Personal(List<String> offers, Answers.Params params) {}

    private Mono<Personal> personal(String name, ServerWebExchange exchange) {
        UserId user = Identifier.of("user", name, UserId::new);
        Call call = Call.of(exchange);
        return parameters(exchange, USUAL)
                .flatMap(
                        asked ->
                                playlists
                                        .of(
                                                user,
                                                asked.wish(),
                                                call,
                                                asked.modelName() == null,
                                                !asked.isInternal())
                                        .map(
                                                list ->
                                                        new Personal(
                                                                ids(list),
                                                                Answers.params(
                                                                        list, asked, call.id()))));
    }

    private Mono<Parameters> parameters(ServerWebExchange exchange, int usual) {
        var query = exchange.getRequest().getQueryParams();
        return bodies.of(exchange.getRequest())
                .map(
                        body ->
                                Parameters.read(
                                        Said.of(query, null),
                                        Said.of(query, body.orElse(null)),
                                        usual,
                                        zone,
                                        scenarios))
                .doOnNext(asked -> unknown.increment(asked.unknown()));
    }

    private static @Nullable UserId context(Parameters asked) {
        String user = asked.user();
        return user == null || user.equals(NOBODY)
                ? null
                : Identifier.of("user_id", user, UserId::new);
    }

    private static List<String> ids(Playlist list) {
        return list.offers().stream().map(OfferFacts::offer).toList();
    }
}
