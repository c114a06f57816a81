package io.farandole.gateway.offers;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.calls.Skips;
import io.farandole.gateway.items.ItemRow;
import io.farandole.gateway.offers.KnownOffers.Mark;
import io.farandole.gateway.offers.ReadOffer.Written;
import io.farandole.gateway.store.Missing;
import io.farandole.gateway.store.Shared;
import io.farandole.gateway.store.Stage;
import io.farandole.gateway.store.StageSettings;
import io.farandole.gateway.store.Stages;
import io.r2dbc.spi.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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

    static final String THESE = OfferRow.SELECT + OfferRow.SERVED + "and o.key = any (:offers)";

    static final String CHANGED = OfferRow.CHANGED;

    /** How much older than fresh it may be when nobody has asked for a while. */
    private static final int OLDEST = 10;

    private static final String ONLY = "all";

    private static final KnownOffers NOTHING =
            KnownOffers.of(Instant.EPOCH, List.of(), Map.of(), new Mark(0, 0, ""));

    private final DatabaseClient database;
    private final JsonMapper json;
    private final LoadingOffers all;
    private final Stage loading;
    private final Stage confirming;
    private final Duration patience;
    private final Duration usual;
    private final Duration longest;
    private final AsyncLoadingCache<String, Assortment> atHand;
    private volatile @Nullable KnownOffers lastKnown;
    private volatile boolean failing;

    Offers(
            DatabaseClient database,
            JsonMapper json,
            GatewaySettings settings,
            StageSettings deadlines,
            Stages stages) {
        this.database = database;
        this.json = json;
        this.all = new LoadingOffers(json);
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
        KnownOffers last = lastKnown;
        if (last == null) {
            return fresh;
        }
        Mono<Assortment> instead =
                Mono.fromSupplier(
                        () -> {
                            failing = true;
                            return last.all();
                        });
        // After the first who has waited in vain nobody need wait for it.
        return loading.within(failing ? Duration.ZERO : patience, fresh, skips, instead);
    }

    /**
     * Those of these offers that there are, as Postgres has them now. Of most it only has to say
     * that they are as they were.
     */
    public Mono<Map<String, OfferFacts>> now(List<String> offers) {
        if (offers.isEmpty()) {
            return Mono.just(Map.of());
        }
        KnownOffers known = lastKnown;
        return confirming.hold(
                (known == null ? Mono.just(Map.<String, OfferFacts>of()) : unchanged(offers, known))
                        .flatMap(
                                same ->
                                        same.size() == offers.size()
                                                ? Mono.just(same)
                                                : read(offers, same))
                        // Before the catalogue's first start there is none.
                        .onErrorResume(Missing::isMissing, _ -> Mono.just(Map.of())));
    }

    private Mono<Map<String, OfferFacts>> unchanged(List<String> offers, KnownOffers known) {
        List<ReadOffer> these =
                offers.stream().map(known.byOffer()::get).filter(Objects::nonNull).toList();
        if (these.isEmpty()) {
            return Mono.just(Map.of());
        }
        return database.sql(CHANGED)
                .bind("generation", these.getFirst().written().generation())
                .bind("offers", texts(these, OfferFacts::offer))
                .bind("items", texts(these, OfferFacts::item))
                .bind("offerswritten", numbers(these, Written::offer))
                .bind("itemswritten", numbers(these, Written::item))
                .map(row -> ItemRow.required(row, "offer"))
                .all()
                .collect(Collectors.toSet())
                .map(
                        changed ->
                                these.stream()
                                        .map(ReadOffer::facts)
                                        .filter(offer -> !changed.contains(offer.offer()))
                                        .collect(
                                                Collectors.toMap(
                                                        OfferFacts::offer,
                                                        Function.identity(),
                                                        (one, _) -> one)));
    }

    /** Those that are not the same are read, if they are there at all. */
    private Mono<Map<String, OfferFacts>> read(List<String> offers, Map<String, OfferFacts> same) {
        return database.sql(THESE)
                .bind(
                        "offers",
                        offers.stream()
                                .filter(offer -> !same.containsKey(offer))
                                .toArray(String[]::new))
                .map(row -> OfferRow.read(row, json).facts())
                .all()
                .collect(
                        () -> new HashMap<>(same),
                        (Map<String, OfferFacts> all, OfferFacts offer) ->
                                all.put(offer.offer(), offer));
    }

    private static String[] texts(List<ReadOffer> offers, Function<OfferFacts, String> text) {
        return offers.stream().map(offer -> text.apply(offer.facts())).toArray(String[]::new);
    }

    private static Long[] numbers(List<ReadOffer> offers, Function<Written, Long> number) {
        return offers.stream().map(offer -> number.apply(offer.written())).toArray(Long[]::new);
    }

    private Mono<Assortment> read() {
        return loading.hold(
                database.inConnection(this::read)
                        // Before the processors' first start there is no catalogue.
                        .onErrorResume(Missing::isMissing, _ -> Mono.just(NOTHING))
                        .doOnNext(this::remember)
                        .map(KnownOffers::all));
    }

    // As long as it may, which is longer than the statements of calls; on one connection, which is
    // given back as it was.
    private Mono<KnownOffers> read(Connection connection) {
        return Mono.usingWhen(
                Mono.from(connection.setStatementTimeout(longest)).thenReturn(connection),
                _ -> all.load(connection, lastKnown),
                _ -> connection.setStatementTimeout(usual));
    }

    private void remember(KnownOffers now) {
        lastKnown = now;
        failing = false;
    }
}
