package io.farandole.gateway.offers;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.calls.Skips;
import io.farandole.gateway.items.ItemRow;
import io.farandole.gateway.store.Missing;
import io.farandole.gateway.store.Shared;
import io.farandole.gateway.store.Stage;
import io.farandole.gateway.store.StageSettings;
import io.farandole.gateway.store.Stages;
import io.r2dbc.spi.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
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
    private final Duration patience;
    private final Duration usual;
    private final Duration longest;
    private final AsyncLoadingCache<String, Assortment> atHand;
    private volatile @Nullable Assortment lastKnown;
    private volatile boolean failing;

    Offers(
            DatabaseClient database,
            JsonMapper json,
            GatewaySettings settings,
            StageSettings deadlines,
            Stages stages) {
        this.database = database;
        this.json = json;
        this.loading = stages.of("all offers", deadlines.offersDeadline());
        this.confirming = stages.needed("offers shown");
        this.patience = settings.listDeadline();
        this.usual = Collections.max(List.of(settings.listDeadline(), settings.popularDeadline()));
        this.longest = deadlines.offersDeadline();
        this.atHand =
                Caffeine.newBuilder()
                        .refreshAfterWrite(settings.popularFreshness())
                        .expireAfterWrite(settings.popularFreshness().multipliedBy(OLDEST))
                        .buildAsync((_, _) -> read().toFuture());
    }

    /**
     * All of them; a load serves all who wait for it. While they cannot be read, as they were last:
     * whoever shows some looks at those again.
     */
    public Mono<Assortment> all(Skips skips) {
        Mono<Assortment> fresh = Shared.of(() -> atHand.get(ONLY));
        Assortment last = lastKnown;
        if (last == null) {
            return fresh;
        }
        Mono<Assortment> instead =
                Mono.fromSupplier(
                        () -> {
                            failing = true;
                            return last;
                        });
        // After the first who has waited in vain nobody need wait for it.
        return loading.within(failing ? Duration.ZERO : patience, fresh, skips, instead);
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
                                        OfferFacts::offer, Function.identity()))
                        // Before the catalogue's first start there is none.
                        .onErrorResume(Missing::isMissing, _ -> Mono.just(Map.of())));
    }

    private Mono<Assortment> read() {
        Instant now = Instant.now();
        return loading.hold(
                database.inConnection(this::read)
                        // Before the processors' first start there is no catalogue.
                        .onErrorResume(Missing::isMissing, _ -> Mono.just(List.of()))
                        .map(offers -> Assortment.of(now, offers))
                        .doOnNext(this::remember));
    }

    // As long as it may, which is longer than the statements of calls; on one connection, which is
    // given back as it was.
    private Mono<List<OfferFacts>> read(Connection connection) {
        return Mono.usingWhen(
                Mono.from(connection.setStatementTimeout(longest)).thenReturn(connection),
                _ ->
                        scores(connection)
                                .flatMap(
                                        scores ->
                                                Flux.from(connection.createStatement(ALL).execute())
                                                        .flatMap(
                                                                result ->
                                                                        result.map(
                                                                                row ->
                                                                                        OfferRow
                                                                                                .facts(
                                                                                                        row,
                                                                                                        json)))
                                                        .collectSortedList(byPopularity(scores))),
                _ -> connection.setStatementTimeout(usual));
    }

    private void remember(Assortment all) {
        lastKnown = all;
        failing = false;
    }

    private static Mono<Map<String, Long>> scores(Connection connection) {
        return Flux.from(connection.createStatement(SCORES).execute())
                .flatMap(
                        result ->
                                result.map(
                                        row ->
                                                Map.entry(
                                                        ItemRow.required(row, "item"),
                                                        Objects.requireNonNull(
                                                                row.get("score", Long.class)))))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Comparator<OfferFacts> byPopularity(Map<String, Long> scores) {
        return Comparator.comparingLong(
                        (OfferFacts offer) -> -scores.getOrDefault(offer.item(), 0L))
                .thenComparing(OfferFacts::item)
                .thenComparing(OfferFacts::offer);
    }
}
