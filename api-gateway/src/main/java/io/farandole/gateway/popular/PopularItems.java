package io.farandole.gateway.popular;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.calls.Skips;
import io.farandole.gateway.items.Available;
import io.farandole.gateway.items.ItemRow;
import io.farandole.gateway.items.Limit;
import io.farandole.gateway.items.Origin;
import io.farandole.gateway.items.Recommended;
import io.farandole.gateway.items.Why;
import io.farandole.gateway.offers.Assortment;
import io.farandole.gateway.offers.OfferFacts;
import io.farandole.gateway.offers.Offers;
import io.farandole.gateway.store.Shared;
import io.farandole.gateway.store.Stage;
import io.farandole.gateway.store.Stages;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** What everyone likes now, for when nothing better is known; kept at hand for some seconds. */
@Component
public class PopularItems {

    static final String SELECT =
            "select s.item as item, s.score::float8 / 1e12 as score,"
                    + " s.positive::bigint as positive, s.ratings::bigint as ratings,\n"
                    + ItemRow.COLUMNS
                    + "from popularity.scores s\n"
                    + Available.join("s.item")
                    + """
                    where s.score > 0 and available.offers is not null
                      and (cardinality(:categories) = 0
                           or exists (select from jsonb_array_elements_text(i.value -> 'categories')
                                                  as has(category)
                                      where has.category = any (:categories)))
                    order by s.score desc, s.item
                    limit :limit
                    """;

    // More than can be asked for: rules take some away from whoever asks.
    private static final int MOST = 3 * Limit.MOST;
    private static final int MOST_KINDS_AT_HAND = 1_000;

    private final DatabaseClient database;
    private final JsonMapper json;
    private final Stage stage;

    private final Offers offers;

    // By categories: what is popular is the same for everyone. A failed load is not kept.
    private final AsyncCache<List<String>, Popular> atHand;

    // For when it cannot be read.
    private final Cache<List<String>, Popular> lastKnown;

    PopularItems(
            DatabaseClient database,
            JsonMapper json,
            Offers offers,
            GatewaySettings settings,
            Stages stages) {
        this.database = database;
        this.json = json;
        this.offers = offers;
        this.stage = stages.of("popular items", settings.popularDeadline());
        this.atHand =
                Caffeine.newBuilder()
                        .expireAfterWrite(settings.popularFreshness())
                        .maximumSize(MOST_KINDS_AT_HAND)
                        .buildAsync();
        this.lastKnown = Caffeine.newBuilder().maximumSize(MOST_KINDS_AT_HAND).build();
    }

    /**
     * The most popular items, best first, and when that was.
     *
     * @param origin {@link Origin#MEMORY} if it could not be read now
     */
    public record Popular(List<Recommended> items, Instant at, Origin origin) {

        public static Popular nothing() {
            return new Popular(List.of(), Instant.now(), Origin.NONE);
        }

        private Popular fromMemory() {
            return new Popular(items, at, Origin.MEMORY);
        }
    }

    /** Of all items, three times as many as may ever be asked for. */
    public Mono<Popular> now(Skips skips) {
        return within(List.of(), skips);
    }

    /**
     * Of the items in at least one of these categories; of all, if there are none. While it cannot
     * be read, as it was last; if it never was, in the order that the offers in memory are in.
     */
    public Mono<Popular> within(List<String> categories, Skips skips) {
        List<String> key = categories.stream().distinct().sorted().toList();
        return stage.orElse(
                Shared.of(() -> atHand.get(key, (of, _) -> read(of).toFuture())),
                skips,
                Mono.defer(() -> remembered(key, skips)));
    }

    private Mono<Popular> remembered(List<String> categories, Skips skips) {
        Popular known = lastKnown.getIfPresent(categories);
        return known == null
                ? offers.all(skips).map(all -> inMemory(categories, all))
                : Mono.just(known.fromMemory());
    }

    private static Popular inMemory(List<String> categories, Assortment all) {
        List<Recommended> items = new ArrayList<>();
        for (String item : all.items()) {
            List<OfferFacts> of = all.offersOf(item);
            if (items.size() < MOST
                    && (categories.isEmpty()
                            || of.stream()
                                    .flatMap(offer -> offer.categories().stream())
                                    .anyMatch(categories::contains))) {
                OfferFacts first = of.getFirst();
                items.add(
                        new Recommended(
                                item,
                                of.stream().map(OfferFacts::offer).toList(),
                                first.title(),
                                first.categories(),
                                1.0 / (items.size() + 1),
                                Why.ofMemory()));
            }
        }
        return new Popular(items, all.at(), Origin.MEMORY);
    }

    private Mono<Popular> read(List<String> categories) {
        return stage.hold(
                database.sql(SELECT)
                        .bind("categories", categories.toArray(String[]::new))
                        .bind("limit", MOST)
                        .map(this::item)
                        .all()
                        .collectList()
                        .map(
                                items ->
                                        new Popular(
                                                items,
                                                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                                                Origin.POPULAR))
                        .doOnNext(popular -> lastKnown.put(categories, popular)));
    }

    private Recommended item(Readable row) {
        return ItemRow.recommended(
                row,
                json,
                Why.ofPopularity(
                        Objects.requireNonNull(row.get("positive", Long.class)),
                        Objects.requireNonNull(row.get("ratings", Long.class))));
    }
}
