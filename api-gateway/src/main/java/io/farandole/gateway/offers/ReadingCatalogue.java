package io.farandole.gateway.offers;

import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.items.ItemRow;
import io.farandole.gateway.store.Missing;
import io.farandole.gateway.store.Stage;
import io.farandole.gateway.store.StageSettings;
import io.farandole.gateway.store.Stages;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Reads from Postgres what the memory of offers begins with, and is put right by. */
@Component
class ReadingCatalogue {

    static final String ALL = CatalogueRow.SELECT;

    static final String THESE = CatalogueRow.SELECT + "and o.key = any (:offers)";

    // By itself, not joined: without statistics Postgres would count it again for every offer.
    static final String SCORES = "select s.item, s.score from popularity.scores s";

    static final String SERVED =
            """
            select g.id from streams.generation g
            where g.processor = 'catalogue' and g.phase = 'ACTIVE'
            """;

    /** What is served before the catalogue's first start. */
    static final int NOTHING = -1;

    private final DatabaseClient database;
    private final JsonMapper json;
    private final Stage loading;
    private final Stage confirming;
    private final Duration usual;
    private final Duration longest;

    ReadingCatalogue(
            DatabaseClient database,
            JsonMapper json,
            GatewaySettings settings,
            StageSettings deadlines,
            Stages stages) {
        this.database = database;
        this.json = json;
        this.loading = stages.of("all offers", deadlines.offersDeadline());
        this.confirming = stages.needed("offers shown");
        this.usual = Collections.max(List.of(settings.listDeadline(), settings.popularDeadline()));
        this.longest = deadlines.offersDeadline();
    }

    /** All offers; none before the catalogue's first start. */
    Mono<List<CatalogueRow>> all() {
        return atLength(ALL, row -> CatalogueRow.of(row, json));
    }

    /** How popular items are; those that nobody liked are not among them. */
    Mono<Map<String, Long>> scores() {
        return atLength(
                        SCORES,
                        row ->
                                Map.entry(
                                        ItemRow.required(row, "item"),
                                        Objects.requireNonNull(row.get("score", Long.class))))
                .map(
                        scores ->
                                scores.stream()
                                        .collect(
                                                Collectors.toUnmodifiableMap(
                                                        Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** The number of the catalogue's generation that is served. */
    Mono<Integer> served() {
        return loading.hold(
                database.sql(SERVED)
                        .map(row -> Objects.requireNonNull(row.get(0, Integer.class)))
                        .one()
                        .onErrorResume(Missing::isMissing, _ -> Mono.empty())
                        .defaultIfEmpty(NOTHING));
    }

    /** Those of these offers that there are, now; an answer cannot do without it. */
    Mono<List<CatalogueRow>> these(List<String> offers) {
        return confirming.hold(
                database.sql(THESE)
                        .bind("offers", offers.toArray(String[]::new))
                        .map(row -> CatalogueRow.of(row, json))
                        .all()
                        .collectList()
                        .onErrorResume(Missing::isMissing, _ -> Mono.just(List.of())));
    }

    // As long as it may, which is longer than the statements of calls; on one connection, which is
    // given back as it was.
    private <T> Mono<List<T>> atLength(String sql, Function<Readable, T> row) {
        return loading.hold(
                database.inConnection(
                                connection ->
                                        Mono.usingWhen(
                                                Mono.from(connection.setStatementTimeout(longest))
                                                        .thenReturn(connection),
                                                _ -> rows(connection, sql, row),
                                                _ -> connection.setStatementTimeout(usual)))
                        .onErrorResume(Missing::isMissing, _ -> Mono.just(List.of())));
    }

    private static <T> Mono<List<T>> rows(
            Connection connection, String sql, Function<Readable, T> row) {
        return Flux.from(connection.createStatement(sql).execute())
                .flatMap(result -> result.map(row))
                .collectList();
    }
}
