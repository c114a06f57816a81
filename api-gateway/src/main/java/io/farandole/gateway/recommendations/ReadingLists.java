package io.farandole.gateway.recommendations;

import io.farandole.events.Cause;
import io.farandole.events.UserId;
import io.farandole.gateway.GatewaySettings;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads users' lists with titles, in one select: of the active generation of each processor. */
@Component
class ReadingLists {

    private static final String SELECT =
            """
            select list.value ->> 'version' as version,
                   list.value -> 'causedBy' ->> 'source' as source,
                   list.value -> 'causedBy' ->> 'id' as id,
                   list.value ->> 'at' as at,
                   entry.value ->> 'item' as item,
                   (entry.value ->> 'score')::float8 as score,
                   (entry.value -> 'why')::text as why,
                   coalesce(i.value ->> 'title', i.key) as title,
                   (i.value -> 'categories')::text as categories,
                   available.offers as offers
            from (select l.value from personalisation.lists l
                  where l.generation = (select g.id from streams.generation g
                                        where g.processor = 'personalisation'
                                          and g.phase = 'ACTIVE')
                    and l.key = :user) list
            cross join lateral jsonb_array_elements(list.value -> 'entries')
                               with ordinality as entry(value, place)
            """
                    + Available.join("entry.value ->> 'item'")
                    + """
                    where available.offers is not null
                    order by entry.place
                    limit :limit
                    """;

    private final DatabaseClient database;
    private final JsonMapper json;
    private final Stage stage;

    ReadingLists(DatabaseClient database, JsonMapper json, GatewaySettings settings) {
        this.database = database;
        this.json = json;
        this.stage = new Stage("lists", settings.listDeadline(), settings.retryAfter());
    }

    /** Empty if the user has no list, or one of which nothing can be had. */
    Mono<TasteList> of(UserId user, int limit) {
        return stage.hold(
                database.sql(SELECT)
                        .bind("user", user.value())
                        .bind("limit", limit)
                        .map(this::entry)
                        .all()
                        .collectList()
                        .filter(entries -> !entries.isEmpty())
                        .map(
                                entries ->
                                        entries.getFirst()
                                                .listWith(
                                                        entries.stream()
                                                                .map(Entry::recommended)
                                                                .toList())));
    }

    private record Entry(
            long version, @Nullable Cause causedBy, @Nullable Instant at, Recommended recommended) {

        TasteList listWith(List<Recommended> entries) {
            return new TasteList(version, causedBy, at, entries);
        }
    }

    private Entry entry(Readable row) {
        String source = row.get("source", String.class);
        String id = row.get("id", String.class);
        String at = row.get("at", String.class);
        return new Entry(
                Long.parseLong(required(row, "version")),
                source == null || id == null ? null : new Cause(source, id),
                at == null ? null : Instant.parse(at),
                new Recommended(
                        required(row, "item"),
                        offers(row),
                        required(row, "title"),
                        categories(row, json),
                        Objects.requireNonNull(row.get("score", Double.class)),
                        Why.ofTaste(why(row))));
    }

    private JsonNode why(Readable row) {
        String why = row.get("why", String.class);
        return why == null ? json.createObjectNode() : json.readTree(why);
    }

    static List<String> offers(Readable row) {
        return Arrays.asList(Objects.requireNonNull(row.get("offers", String[].class)));
    }

    static List<String> categories(Readable row, JsonMapper json) {
        String categories = row.get("categories", String.class);
        return categories == null
                ? List.of()
                : Arrays.asList(json.readValue(categories, String[].class));
    }

    static String required(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class), column);
    }
}
