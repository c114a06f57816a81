package io.farandole.gateway.offers;

import io.farandole.gateway.items.ItemRow;
import io.farandole.gateway.offers.KnownOffers.Mark;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads all offers: the first time, and whenever there are others than before, each of them; else
 * those whose rows were written since. Tens of thousands of rows every few seconds would hold up
 * whoever shares the connection's thread.
 */
final class LoadingOffers {

    static final String ALL = OfferRow.SELECT + OfferRow.SERVED;

    // By itself, not joined: without statistics Postgres would count it again for every offer.
    static final String SCORES = "select s.item, s.score from popularity.scores s";

    // Before anything else is read: what is written between the two is then read twice, not never.
    // A transaction's number of 64 bits begins with its epoch; rows have the other 32.
    static final String MARK =
            """
            select coalesce(served.id, 0) as generation,
                   (pg_snapshot_xmin(pg_current_snapshot())::text::numeric % 4294967296)::bigint
                     as since,
                   (select count(*) || ' ' || coalesce(sum(hashtext(o.key)::bigint), 0)
                    from catalogue.offers o where o.generation = served.id) || ' ' ||
                   (select count(*) || ' ' || coalesce(sum(hashtext(i.key)::bigint), 0)
                    from catalogue.items i where i.generation = served.id) as keys
            from (select max(g.id) as id from streams.generation g
                  where g.processor = 'catalogue' and g.phase = 'ACTIVE') served
            """;

    static final String WRITTEN_SINCE =
            OfferRow.SELECT
                    + OfferRow.SERVED
                    + """
                    and o.key in (
                      select written.key from catalogue.offers written
                      where written.generation = $1 and age(written.xmin) <= age($2::text::xid)
                      union
                      select its.key from catalogue.items written
                      cross join lateral jsonb_array_elements_text(written.value -> 'offers') its(key)
                      where written.generation = $1 and age(written.xmin) <= age($2::text::xid))
                    """;

    private final JsonMapper json;

    LoadingOffers(JsonMapper json) {
        this.json = json;
    }

    /**
     * All of them, on a connection that they have for themselves.
     *
     * @param before what is known already; null if nothing is
     */
    Mono<KnownOffers> load(Connection connection, @Nullable KnownOffers before) {
        Instant now = Instant.now();
        return mark(connection)
                .zipWhen(_ -> scores(connection))
                .flatMap(
                        both ->
                                before != null && before.mark().hasSameRows(both.getT1())
                                        ? writtenSince(connection, before)
                                                // To put all in order takes a while, for which a
                                                // connection's thread is too good.
                                                .publishOn(Schedulers.parallel())
                                                .map(
                                                        written ->
                                                                before.with(
                                                                        now,
                                                                        written,
                                                                        both.getT2(),
                                                                        both.getT1()))
                                        : read(connection.createStatement(ALL))
                                                .publishOn(Schedulers.parallel())
                                                .map(
                                                        all ->
                                                                KnownOffers.of(
                                                                        now,
                                                                        all,
                                                                        both.getT2(),
                                                                        both.getT1())));
    }

    private static Mono<Mark> mark(Connection connection) {
        return Flux.from(connection.createStatement(MARK).execute())
                .flatMap(
                        result ->
                                result.map(
                                        row ->
                                                new Mark(
                                                        Objects.requireNonNull(
                                                                row.get(
                                                                        "generation",
                                                                        Integer.class)),
                                                        Objects.requireNonNull(
                                                                row.get("since", Long.class)),
                                                        ItemRow.required(row, "keys"))))
                .single();
    }

    private Mono<List<ReadOffer>> writtenSince(Connection connection, KnownOffers before) {
        return read(
                connection
                        .createStatement(WRITTEN_SINCE)
                        .bind("$1", before.mark().generation())
                        .bind("$2", Long.toString(before.mark().since())));
    }

    private Mono<List<ReadOffer>> read(Statement statement) {
        return Flux.from(statement.execute())
                .flatMap(result -> result.map(row -> OfferRow.read(row, json)))
                .collectList();
    }

    private static Mono<Map<String, Long>> scores(Connection connection) {
        return Flux.from(connection.createStatement(SCORES).execute())
                .flatMap(result -> result.map(LoadingOffers::score))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map.Entry<String, Long> score(Readable row) {
        return Map.entry(
                ItemRow.required(row, "item"),
                Objects.requireNonNull(row.get("score", Long.class)));
    }
}
