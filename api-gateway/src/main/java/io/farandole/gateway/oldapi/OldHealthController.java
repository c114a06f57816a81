package io.farandole.gateway.oldapi;

import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.calls.Skips;
import io.farandole.gateway.offers.Assortment;
import io.farandole.gateway.offers.Offers;
import io.farandole.gateway.store.Missing;
import io.farandole.gateway.store.Stage;
import io.farandole.gateway.store.Stages;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Where the old API said that it was there. Its health told of three views; now it tells of what
 * stands in their place.
 */
@RestController
@Tag(name = "old")
class OldHealthController {

    private static final String BOOKED = "select exists (select from profile.items)";

    private final Offers offers;
    private final DatabaseClient database;
    private final Stage stage;

    OldHealthController(
            Offers offers, DatabaseClient database, GatewaySettings settings, Stages stages) {
        this.offers = offers;
        this.database = database;
        this.stage = stages.of("health", settings.listDeadline());
    }

    @Operation(summary = "A greeting")
    @GetMapping(path = "/", produces = MediaType.TEXT_PLAIN_VALUE)
    String greeting() {
        return "Welcome to the recommendation API!";
    }

    @Operation(summary = "Whether the API is there, whatever becomes of Postgres")
    @GetMapping(path = "/check", produces = MediaType.TEXT_PLAIN_VALUE)
    String check() {
        return "OK";
    }

    @Operation(summary = "Whether there are offers")
    @GetMapping(path = "/health/recommendable_offers", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<Map<String, Boolean>> recommendable() {
        return of("recommendable_offers_per_iris_shape_mv", all -> !all.isEmpty());
    }

    @Operation(summary = "Whether there is anything that somebody has had")
    @GetMapping(
            path = "/health/non_recommendable_offers",
            produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<Map<String, Boolean>> nonRecommendable() {
        String view = "non_recommendable_offers";
        return stage.hold(
                database.sql(BOOKED)
                        .map(row -> Objects.requireNonNull(row.get(0, Boolean.class)))
                        .one()
                        .map(some -> status(view, true, some))
                        .onErrorResume(
                                Missing::isMissing, _ -> Mono.just(status(view, false, false))));
    }

    @Operation(summary = "Whether it is known of any offer where it is")
    @GetMapping(path = "/health/iris_venues_mv", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<Map<String, Boolean>> venues() {
        return of("iris_venues_mv", Assortment::isAnythingSomewhere);
    }

    private Mono<Map<String, Boolean>> of(String view, Predicate<Assortment> isOk) {
        return offers.all(new Skips()).map(all -> status(view, !all.isEmpty(), isOk.test(all)));
    }

    private static Map<String, Boolean> status(String view, boolean isThere, boolean isOk) {
        Map<String, Boolean> status = new LinkedHashMap<>();
        status.put("is_" + view + "_datasource_exists", isThere);
        status.put("is_" + view + "_ok", isOk);
        return status;
    }
}
