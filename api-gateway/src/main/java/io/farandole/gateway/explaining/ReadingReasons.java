package io.farandole.gateway.explaining;

import io.farandole.events.Cause;
import io.farandole.events.UserId;
import io.farandole.gateway.explaining.Explanation.Act;
import io.farandole.gateway.items.ItemRow;
import io.farandole.gateway.store.Missing;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads why items are on a user's list, what the user did, and what a release is. */
@Component
class ReadingReasons {

    static final String ENTRIES =
            """
            select s.list ->> 'version' as version, entry.value ->> 'item' as item,
                   (entry.value ->> 'score')::float8 as score, (entry.value -> 'why')::text as why
            from personalisation.served s
            cross join lateral jsonb_array_elements(s.list -> 'entries') entry(value)
            where s.key = :user and entry.value ->> 'item' = any (:items)
            """;

    static final String ACTS =
            """
            select h.value::text as had, (i.value -> 'categories')::text as categories
            from profile.items h
            left join catalogue.items i
              on i.generation = (select g.id from streams.generation g
                                 where g.processor = 'catalogue' and g.phase = 'ACTIVE')
             and i.key = h.value ->> 'item'
            where h.generation = (select g.id from streams.generation g
                                  where g.processor = 'profile' and g.phase = 'ACTIVE')
              and h.key >= :from and h.key < :to
            limit 5000
            """;

    static final String RELEASE =
            """
            select r.run as run, r.model as model, r.spec as spec, r.dataset as dataset
            from deployment.releases r where r.release = :release
            """;

    private final DatabaseClient database;
    private final JsonMapper json;

    ReadingReasons(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /**
     * Why an item is on the list.
     *
     * @param version of the list that says so
     */
    record Entry(long version, String item, double score, JsonNode why) {}

    Flux<Entry> entries(UserId user, List<String> items) {
        return database.sql(ENTRIES)
                .bind("user", user.value())
                .bind("items", items.toArray(String[]::new))
                .map(
                        row ->
                                new Entry(
                                        Long.parseLong(ItemRow.required(row, "version")),
                                        ItemRow.required(row, "item"),
                                        number(row.get("score", Double.class)),
                                        tree(row, "why")))
                .all()
                .onErrorResume(Missing::isMissing, _ -> Flux.empty());
    }

    /** What a user did with an item of these categories. */
    record Acted(List<String> categories, Act act) {}

    Flux<Acted> acts(UserId user) {
        // As the profile writes its keys; behind "|" comes "}".
        String escaped = user.value().replace("%", "%25").replace("|", "%7C");
        return database.sql(ACTS)
                .bind("from", escaped + "|")
                .bind("to", escaped + "}")
                .map(this::acted)
                .all()
                .flatMapIterable(acts -> acts)
                .onErrorResume(Missing::isMissing, _ -> Flux.empty());
    }

    Mono<Explanation.ReleaseFacts> release(String release) {
        return database.sql(RELEASE)
                .bind("release", release)
                .map(
                        row ->
                                new Explanation.ReleaseFacts(
                                        release,
                                        row.get("run", String.class),
                                        row.get("model", String.class),
                                        row.get("spec", String.class),
                                        row.get("dataset", String.class)))
                .one()
                .onErrorResume(Missing::isMissing, _ -> Mono.empty());
    }

    private List<Acted> acted(Readable row) {
        JsonNode had = tree(row, "had");
        String item = had.path("item").asString();
        List<String> categories = ItemRow.categories(row, json);
        List<Act> acts = new ArrayList<>();
        if (had.hasNonNull("value")) {
            add(acts, item, "rated", had.path("value").asDouble(), had.path("rated"));
        }
        if (had.path("favourite").asBoolean(false)) {
            add(acts, item, "favourited", null, had.path("favoured"));
        }
        for (JsonNode booking : had.path("bookings")) {
            if (!booking.path("state").asString().equals("CANCELLED")) {
                add(acts, item, "booked", null, booking.path("told"));
            }
        }
        return acts.stream().map(act -> new Acted(categories, act)).toList();
    }

    /** Nothing, where it is not known when and by which event. */
    private static void add(
            List<Act> acts, String item, String kind, @Nullable Double value, JsonNode told) {
        if (told.size() == 3) {
            acts.add(
                    new Act(
                            item,
                            kind,
                            value,
                            Instant.parse(told.path(0).asString()),
                            new Cause(told.path(1).asString(), told.path(2).asString())));
        }
    }

    private static double number(@Nullable Double number) {
        return number == null ? 0 : number;
    }

    private JsonNode tree(Readable row, String column) {
        String text = row.get(column, String.class);
        return text == null ? json.createObjectNode() : json.readTree(text);
    }
}
