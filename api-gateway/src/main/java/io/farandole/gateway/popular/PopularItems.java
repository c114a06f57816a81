package io.farandole.gateway.popular;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.items.Available;
import io.farandole.gateway.items.ItemRow;
import io.farandole.gateway.items.Limit;
import io.farandole.gateway.items.Recommended;
import io.farandole.gateway.items.Why;
import io.farandole.gateway.store.Stage;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

    // By categories: what is popular is the same for everyone. A failed load is not kept.
    private final AsyncCache<List<String>, Popular> atHand;

    PopularItems(DatabaseClient database, JsonMapper json, GatewaySettings settings) {
        this.database = database;
        this.json = json;
        this.stage = new Stage("popular items", settings.popularDeadline(), settings.retryAfter());
        this.atHand =
                Caffeine.newBuilder()
                        .expireAfterWrite(settings.popularFreshness())
                        .maximumSize(MOST_KINDS_AT_HAND)
                        .buildAsync();
    }

    /** The most popular items, best first, and when that was. */
    public record Popular(List<Recommended> items, Instant at) {}

    /** Of all items, three times as many as may ever be asked for. */
    public Mono<Popular> now() {
        return within(List.of());
    }

    /** Of the items in at least one of these categories; of all, if there are none. */
    public Mono<Popular> within(List<String> categories) {
        List<String> key = categories.stream().distinct().sorted().toList();
        // One read serves all who wait for it, and is shared: whoever goes away must not cancel it
        // for the others.
        return Mono.fromFuture(() -> atHand.get(key, (of, _) -> read(of).toFuture()), true);
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
                                                Instant.now().truncatedTo(ChronoUnit.MILLIS))));
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
