package io.farandole.gateway.recommendations;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.farandole.gateway.GatewaySettings;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** What everyone likes now, for those of whom nothing is known; kept at hand for some seconds. */
@Component
class PopularItems {

    private static final String SELECT =
            """
            select s.item as item,
                   s.score::float8 / 1e12 as score,
                   s.positive::bigint as positive,
                   s.ratings::bigint as ratings,
                   coalesce(i.value ->> 'title', i.key) as title,
                   (i.value -> 'categories')::text as categories,
                   available.offers as offers
            from popularity.scores s
            """
                    + Available.join("s.item")
                    + """
                    where s.score > 0 and available.offers is not null
                    order by s.score desc, s.item
                    limit :limit
                    """;

    private final DatabaseClient database;
    private final JsonMapper json;
    private final Stage stage;

    // One key: what is popular is the same for everyone. A failed load is not kept.
    private final AsyncCache<String, Popular> atHand;

    PopularItems(DatabaseClient database, JsonMapper json, GatewaySettings settings) {
        this.database = database;
        this.json = json;
        this.stage = new Stage("popular items", settings.popularDeadline(), settings.retryAfter());
        this.atHand =
                Caffeine.newBuilder().expireAfterWrite(settings.popularFreshness()).buildAsync();
    }

    /** The most popular items, best first, and when that was. */
    record Popular(List<Recommended> items, Instant at) {}

    /** All that may ever be asked for; one read serves all who wait for it. */
    Mono<Popular> now() {
        // The future is shared: whoever goes away must not cancel it for the others.
        return Mono.fromFuture(() -> atHand.get("all", (_, _) -> read().toFuture()), true);
    }

    private Mono<Popular> read() {
        return stage.hold(
                database.sql(SELECT)
                        .bind("limit", Limit.MOST)
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
        return new Recommended(
                ReadingLists.required(row, "item"),
                ReadingLists.offers(row),
                ReadingLists.required(row, "title"),
                ReadingLists.categories(row, json),
                Objects.requireNonNull(row.get("score", Double.class)),
                Why.ofPopularity(
                        Objects.requireNonNull(row.get("positive", Long.class)),
                        Objects.requireNonNull(row.get("ratings", Long.class))));
    }
}
