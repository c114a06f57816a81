package io.farandole.gateway.similar;

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
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Reads what the release that is served knows to be similar to an item, in one select. */
@Component
class ReadingSimilar {

    // The release is read first, by a query of its own: joined, Postgres may look an item up in all
    // releases, which is through the whole of the index.
    static final String SELECT =
            """
            select n.release as release,
                   r.model as model,
                   n.similar as item,
                   n.score::float8 as score,
            """
                    + ItemRow.COLUMNS
                    + """
                    from deployment.similar n
                    left join deployment.releases r on r.release = n.release
                    """
                    + Available.listed("n.similar")
                    + """
                    where n.release = (select s.release from deployment.serving_set s)
                      and n.item = :item and n.similar <> :item
                      and available.offers is not null
                    order by n.place
                    limit :limit
                    """;

    private final DatabaseClient database;
    private final JsonMapper json;
    private final Stage stage;

    ReadingSimilar(
            DatabaseClient database, JsonMapper json, GatewaySettings settings, Stages stages) {
        this.database = database;
        this.json = json;
        this.stage = stages.of("similar items", settings.listDeadline());
    }

    /** Empty if the release knows nothing of it that can be had, there is none, or it fails. */
    Mono<Known> to(OfferedItem item, int limit, Skips skips) {
        return stage.hold(
                database.sql(SELECT)
                        .bind("item", item.item())
                        .bind("limit", limit)
                        .map(row -> similar(row, item))
                        .all()
                        .collectList()
                        .filter(all -> !all.isEmpty())
                        .map(ReadingSimilar::known)
                        // Before the processors' first start there is no release.
                        .onErrorResume(Missing::isMissing, _ -> Mono.empty()),
                skips,
                Mono.empty());
    }

    private record Similar(String release, @Nullable String model, Recommended item) {}

    private Similar similar(Readable row, OfferedItem to) {
        return new Similar(
                ItemRow.required(row, "release"),
                row.get("model", String.class),
                ItemRow.recommended(row, json, Why.ofSimilarity(to.item(), to.title())));
    }

    private static Known known(List<Similar> all) {
        Similar first = all.getFirst();
        return new Known(first.release(), first.model(), all.stream().map(Similar::item).toList());
    }
}
