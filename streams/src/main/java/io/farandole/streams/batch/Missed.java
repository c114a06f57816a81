package io.farandole.streams.batch;

import io.farandole.streams.batch.RegisteredGenerations.Progress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What one generation has heard and another has not, events of forgotten users left out.
 *
 * @param events all of them, most of them on their way while events go on arriving
 * @param lost those that are not on their way any more: they were published a while ago, or the
 *     archive kept them no longer
 */
record Missed(long events, long lost) {

    /** What was made since then may well be on its way. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(30);

    /** Of the hours before, the books tell; since then, the inboxes tell to the event. */
    private static final Duration RECENT = Duration.ofHours(1);

    private static final String NOW = "select clock_timestamp()";

    private static final String EARLIER =
            """
            select coalesce(sum(greatest(0, missing)), 0) from (
              select topic, sum(case generation when ? then 1 else -1 end
                                * (delivered - duplicate + withheld)) as missing
              from streams.ledger where generation in (?, ?) and hour < ?
              group by topic) topics
            """;

    static Missed of(Connection connection, Generation ahead, Generation behind)
            throws SQLException {
        Map<String, Long> known = new HashMap<>();
        for (Progress one : RegisteredGenerations.progress(connection, behind)) {
            known.put(one.topic(), one.heard() + one.withheld());
        }
        long missing = 0;
        for (Progress one : RegisteredGenerations.progress(connection, ahead)) {
            long both = one.heard() + one.withheld();
            missing += Math.max(0, both - known.getOrDefault(one.topic(), 0L));
        }
        // Nothing can be lost where nothing is missing, and to look for it takes a while.
        return new Missed(missing, missing == 0 ? 0 : lost(connection, ahead, behind));
    }

    private static long lost(Connection connection, Generation ahead, Generation behind)
            throws SQLException {
        Instant now = now(connection);
        Instant recent = now.minus(RECENT).truncatedTo(ChronoUnit.HOURS);
        long lost;
        try (PreparedStatement statement = connection.prepareStatement(EARLIER)) {
            statement.setInt(1, ahead.id());
            statement.setInt(2, ahead.id());
            statement.setInt(3, behind.id());
            statement.setObject(4, recent.atOffset(ZoneOffset.UTC));
            lost = number(statement);
        }
        String unheard =
                """
                select count(*) from %s a
                where a.published_hour >= ? and a.event_id < ?
                  and not exists (select from %s b where b.event_id = a.event_id)
                """
                        .formatted(
                                ahead.partitionOf("streams.inbox"),
                                behind.partitionOf("streams.inbox"));
        try (PreparedStatement statement = connection.prepareStatement(unheard)) {
            statement.setObject(1, recent.atOffset(ZoneOffset.UTC));
            statement.setObject(2, firstIdOf(now.minus(ON_ITS_WAY)));
            return lost + number(statement);
        }
    }

    /** Ids sort by the time in front. */
    private static UUID firstIdOf(Instant time) {
        return new UUID(time.toEpochMilli() << 16, 0);
    }

    private static Instant now(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NOW);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    private static long number(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
