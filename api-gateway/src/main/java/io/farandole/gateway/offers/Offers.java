package io.farandole.gateway.offers;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.items.ItemRow;
import io.farandole.gateway.store.Missing;
import io.farandole.gateway.store.Stage;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * All offers in memory, read from Postgres again every few seconds beside the calls; and single
 * ones as they are this moment, for what is about to be shown.
 */
@Component
public class Offers {

    static final String ALL = OfferRow.SELECT + OfferRow.SERVED;

    // By itself, not joined: without statistics Postgres would count it again for every offer.
    static final String SCORES = "select s.item, s.score from popularity.scores s";

    static final String THESE = OfferRow.SELECT + OfferRow.SERVED + "and o.key = any (:offers)";

    /** How much older than fresh it may be when nobody has asked for a while. */
    private static final int OLDEST = 10;

    private static final String ONLY = "all";

    private final DatabaseClient database;
    private final JsonMapper json;
    private final Stage loading;
    private final Stage confirming;
    private final AsyncLoadingCache<String, Assortment> atHand;

    Offers(DatabaseClient database, JsonMapper json, GatewaySettings settings) {
        this.database = database;
        this.json = json;
        this.loading = new Stage("offers", settings.popularDeadline(), settings.retryAfter());
        this.confirming = new Stage("offers", settings.listDeadline(), settings.retryAfter());
        this.atHand =
                Caffeine.newBuilder()
                        .refreshAfterWrite(settings.popularFreshness())
                        .expireAfterWrite(settings.popularFreshness().multipliedBy(OLDEST))
                        .buildAsync((_, _) -> read().toFuture());
    }

    /** All of them; a load serves all who wait for it. */
    public Mono<Assortment> all() {
        return Mono.fromFuture(() -> atHand.get(ONLY), true);
    }

    /** Those of these offers that there are, as Postgres has them now. */
    public Mono<Map<String, OfferFacts>> now(List<String> offers) {
        if (offers.isEmpty()) {
            return Mono.just(Map.of());
        }
        return confirming.hold(
                database.sql(THESE)
                        .bind("offers", offers.toArray(String[]::new))
                        .map(row -> OfferRow.facts(row, json))
                        .all()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        OfferFacts::offer, Function.identity())));
    }

    private Mono<Assortment> read() {
        Instant now = Instant.now();
        return loading.hold(
                scores().flatMap(
                                scores ->
                                        database.sql(ALL)
                                                .map(row -> OfferRow.facts(row, json))
                                                .all()
                                                .collectSortedList(byPopularity(scores)))
                        // Before the processors' first start there is no catalogue.
                        .onErrorResume(Missing::isMissing, _ -> Mono.just(List.of()))
                        .map(offers -> Assortment.of(now, offers)));
    }

    private Mono<Map<String, Long>> scores() {
        return database.sql(SCORES)
                .map(
                        row ->
                                Map.entry(
                                        ItemRow.required(row, "item"),
                                        Objects.requireNonNull(row.get("score", Long.class))))
                .all()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Comparator<OfferFacts> byPopularity(Map<String, Long> scores) {
        return Comparator.comparingLong(
                        (OfferFacts offer) -> -scores.getOrDefault(offer.item(), 0L))
                .thenComparing(OfferFacts::item)
                .thenComparing(OfferFacts::offer);
    }
}
