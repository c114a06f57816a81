package io.farandole.gateway.recommendations;

import io.farandole.events.Cause;
import io.farandole.events.UserId;
import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.calls.Skips;
import io.farandole.gateway.items.Available;
import io.farandole.gateway.items.ItemRow;
import io.farandole.gateway.items.Recommended;
import io.farandole.gateway.items.Why;
import io.farandole.gateway.store.Missing;
import io.farandole.gateway.store.Stage;
import io.farandole.gateway.store.Stages;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads users' lists in the release that is served, with titles, in one select. */
@Component
class ReadingLists {

    // The list is taken out of its row once: it is kept compressed, and every expression on it
    // would otherwise unpack it again for every entry. What a list is based on is looked up for the
    // entries that are shown, not for all that it has.
    static final String SELECT =
            """
            with served as materialized (
              select s.release, s.list,
                     (select tried.canary from deployment.serving_set tried) as canary
              from personalisation.served s where s.key = :user
            ),
            shown as materialized (
              select entry.value as entry, entry.place as place, i.generation as generation,
            """
                    + ItemRow.COLUMNS
                    + """
                    from served
                    cross join lateral jsonb_array_elements(served.list -> 'entries')
                                       with ordinality as entry(value, place)
                    """
                    + Available.listed("entry.value ->> 'item'")
                    + """
                      where available.offers is not null
                      order by entry.place
                      limit :limit
                    )
                    select served.release as release,
                           served.canary as canary,
                           served.list ->> 'model' as model,
                           served.list ->> 'version' as version,
                           served.list -> 'causedBy' ->> 'source' as source,
                           served.list -> 'causedBy' ->> 'id' as id,
                           served.list ->> 'at' as at,
                           shown.entry ->> 'item' as item,
                           (shown.entry ->> 'score')::float8 as score,
                           (shown.entry -> 'why')::text as why,
                           because.titles as because,
                           shown.title as title,
                           shown.categories as categories,
                           shown.offers as offers
                    from served
                    cross join shown
                    cross join lateral (
                      select array_agg(coalesce(b.value ->> 'title', b.key) order by liked.place)
                               as titles
                      from jsonb_array_elements_text(shown.entry -> 'why' -> 'because')
                           with ordinality as liked(item, place)
                      join catalogue.items b
                        on b.generation = shown.generation and b.key = liked.item
                      where liked.place <= 3
                    ) because
                    order by shown.place
                    """;

    private final DatabaseClient database;
    private final JsonMapper json;
    private final Stage stage;

    ReadingLists(
            DatabaseClient database, JsonMapper json, GatewaySettings settings, Stages stages) {
        this.database = database;
        this.json = json;
        this.stage = stages.of("lists", settings.listDeadline());
    }

    /** Empty if the user has no list, or one of which nothing can be had, or if it fails. */
    Mono<OwnList> of(UserId user, int limit, Skips skips) {
        return stage.hold(
                database.sql(SELECT)
                        .bind("user", user.value())
                        .bind("limit", limit)
                        .map(this::entry)
                        .all()
                        .collectList()
                        .filter(entries -> !entries.isEmpty())
                        .map(ReadingLists::list)
                        // Before the processors' first start nobody has a list.
                        .onErrorResume(Missing::isMissing, _ -> Mono.empty()),
                skips,
                Mono.empty());
    }

    private record Entry(OwnList empty, Recommended recommended) {}

    private static OwnList list(List<Entry> entries) {
        OwnList list = entries.getFirst().empty();
        return new OwnList(
                list.release(),
                list.model(),
                list.version(),
                list.causedBy(),
                list.at(),
                list.canary(),
                entries.stream().map(Entry::recommended).toList());
    }

    private Entry entry(Readable row) {
        String at = row.get("at", String.class);
        return new Entry(
                new OwnList(
                        ItemRow.required(row, "release"),
                        row.get("model", String.class),
                        Long.parseLong(ItemRow.required(row, "version")),
                        cause(row),
                        at == null ? null : Instant.parse(at),
                        row.get("canary", String.class),
                        List.of()),
                ItemRow.recommended(
                        row, json, Why.ofList(ItemRow.texts(row, "because"), why(row))));
    }

    private static @Nullable Cause cause(Readable row) {
        String source = row.get("source", String.class);
        String id = row.get("id", String.class);
        return source == null || id == null ? null : new Cause(source, id);
    }

    private JsonNode why(Readable row) {
        String why = row.get("why", String.class);
        return why == null ? json.createObjectNode() : json.readTree(why);
    }
}
