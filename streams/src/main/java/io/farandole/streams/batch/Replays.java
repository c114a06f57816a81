package io.farandole.streams.batch;

import io.farandole.streams.Delivery;
import io.farandole.streams.Erasures;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Asks, before anything of a replayed delivery is decoded, whether its user asked to be forgotten.
 * The batch's transaction asks again, for those who asked meanwhile. What is certainly no replay is
 * not asked for, so a live batch makes no round trip more. Of a repair that begins while batches
 * run, the first batch may still be decoded before the transaction withholds.
 */
final class Replays {

    private static final String UNTIL =
            "select replayed_until, phase from streams.generation where id = ?";

    private final Generation generation;

    /** What was published from then on is no replay, as far as is known. */
    private volatile Instant askedBefore = Instant.MAX;

    Replays(Generation generation) {
        this.generation = generation;
    }

    /** As the generation is registered. */
    static Replays read(Connection connection, Generation generation) throws SQLException {
        Replays replays = new Replays(generation);
        new RoundTrip()
                .read(
                        rows -> replays.told(rows.getString(2).equals("ACTIVE"), until(rows)),
                        UNTIL,
                        generation.id())
                .send(connection);
        return replays;
    }

    /**
     * As a transaction saw it. One that is not active may begin to replay at any moment.
     *
     * @param until what was published before then may be brought once more; null for nothing
     */
    void told(boolean active, @Nullable Instant until) {
        Instant whenActive = until == null ? Instant.MIN : until;
        askedBefore = active ? whenActive : Instant.MAX;
    }

    /**
     * Which of these are withheld.
     *
     * @throws InfrastructureTrouble if Postgres fails
     */
    Predicate<Delivery> withheld(List<Delivery> deliveries, DataSource database) {
        List<Delivery> perhaps =
                deliveries.stream()
                        .filter(delivery -> delivery.publishTime().isBefore(askedBefore))
                        .toList();
        if (perhaps.isEmpty()) {
            return _ -> false;
        }
        List<Instant> until = new ArrayList<>(1);
        RoundTrip asking =
                new RoundTrip()
                        .read(
                                rows -> {
                                    Instant told = until(rows);
                                    if (told != null) {
                                        until.add(told);
                                    }
                                },
                                UNTIL,
                                generation.id());
        Erasures erasures = Tombstones.ask(asking, perhaps);
        try (Connection connection = database.getConnection()) {
            asking.send(connection);
        } catch (SQLException e) {
            throw Trouble.infrastructure("asking who is to be forgotten", e);
        }
        return delivery ->
                !until.isEmpty()
                        && delivery.publishTime().isBefore(until.getFirst())
                        && erasures.withhold(delivery.orderingKey(), delivery.attributes());
    }

    private static @Nullable Instant until(ResultSet rows) throws SQLException {
        OffsetDateTime until = rows.getObject(1, OffsetDateTime.class);
        return until == null ? null : until.toInstant();
    }
}
