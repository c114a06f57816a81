package io.farandole.gateway.playlists;

import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.calls.Skips;
import io.farandole.gateway.items.ItemRow;
import io.farandole.gateway.store.Missing;
import io.farandole.gateway.store.Stage;
import io.farandole.gateway.store.Stages;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reads which items the release that is served knows to be similar to one. */
@Component
class ReadingNeighbours {

    static final String SELECT =
            """
            select n.release as release, r.model as model, n.similar as item
            from deployment.similar n
            left join deployment.releases r on r.release = n.release
            where n.release = (select s.release from deployment.serving_set s) and n.item = :item
            order by n.place
            """;

    private final DatabaseClient database;
    private final Stage stage;

    ReadingNeighbours(DatabaseClient database, GatewaySettings settings, Stages stages) {
        this.database = database;
        this.stage = stages.of("similar items", settings.listDeadline());
    }

    /** Those of an item, the most similar first; none if the release knows of none. */
    record Neighbours(@Nullable String release, @Nullable String model, List<String> items) {

        static final Neighbours NONE = new Neighbours(null, null, List.of());
    }

    private record Row(String release, @Nullable String model, String item) {}

    /** None, if it cannot be told: what is of the same kinds is behind it anyway. */
    Mono<Neighbours> of(String item, Skips skips) {
        return stage.hold(
                database.sql(SELECT)
                        .bind("item", item)
                        .map(
                                row ->
                                        new Row(
                                                ItemRow.required(row, "release"),
                                                row.get("model", String.class),
                                                ItemRow.required(row, "item")))
                        .all()
                        .collectList()
                        .map(ReadingNeighbours::neighbours)
                        // Before the processors' first start there is no release.
                        .onErrorResume(Missing::isMissing, _ -> Mono.just(Neighbours.NONE)),
                skips,
                Mono.just(Neighbours.NONE));
    }

    private static Neighbours neighbours(List<Row> rows) {
        return rows.isEmpty()
                ? Neighbours.NONE
                : new Neighbours(
                        rows.getFirst().release(),
                        rows.getFirst().model(),
                        rows.stream().map(Row::item).toList());
    }
}
