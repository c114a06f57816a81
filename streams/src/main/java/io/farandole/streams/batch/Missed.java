package io.farandole.streams.batch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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

    private static final String NOW = "select clock_timestamp()";

    /** Partitions are named for their days. */
    private static final String FIRST_DAY_OF_BOTH =
            """
            select to_date(max(first), 'YYYYMMDD') from (
              select min(right(c.relname, 8)) as first
              from pg_inherits i join pg_class c on c.oid = i.inhrelid
              where i.inhparent in (to_regclass(?), to_regclass(?))
              group by i.inhparent) inboxes
            """;

    /** What one has too many in an hour makes up for nothing in another. */
    private static final String BY_THE_BOOKS =
            """
            select coalesce(sum(greatest(0, missing)) filter (where hour < ?), 0),
                coalesce(sum(greatest(0, missing)) filter (where hour >= ?), 0) from (
              select topic, hour, sum(case generation when ? then 1 else -1 end
                                      * (delivered - duplicate + withheld)) as missing
              from streams.ledger where generation in (?, ?)
              group by topic, hour) hours
            """;

    /**
     * Event by event where both inboxes reach, for as many others make up for none, and by the
     * books, which also tell what was counted without being claimed; of the time before, by the
     * books alone.
     */
    static Missed of(Connection connection, Generation ahead, Generation behind)
            throws SQLException {
        Instant since = firstOfBoth(connection, ahead, behind);
        long earlier;
        long later;
        try (PreparedStatement statement = connection.prepareStatement(BY_THE_BOOKS)) {
            statement.setObject(1, since.atOffset(ZoneOffset.UTC));
            statement.setObject(2, since.atOffset(ZoneOffset.UTC));
            statement.setInt(3, ahead.id());
            statement.setInt(4, ahead.id());
            statement.setInt(5, behind.id());
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                earlier = rows.getLong(1);
                later = rows.getLong(2);
            }
        }
        String unheard =
                """
                select count(*), count(*) filter (where a.event_id < ?) from %s a
                where a.event_id >= ?
                  and not exists (select from %s b where b.event_id = a.event_id)
                """
                        .formatted(
                                ahead.partitionOf("streams.inbox"),
                                behind.partitionOf("streams.inbox"));
        try (PreparedStatement statement = connection.prepareStatement(unheard)) {
            statement.setObject(1, firstIdOf(now(connection).minus(ON_ITS_WAY)));
            statement.setObject(2, firstIdOf(since));
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return new Missed(
                        earlier + Math.max(later, rows.getLong(1)), earlier + rows.getLong(2));
            }
        }
    }

    /** The start of the first day that neither inbox has forgotten. */
    private static Instant firstOfBoth(Connection connection, Generation one, Generation other)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIRST_DAY_OF_BOTH)) {
            statement.setString(1, one.partitionOf("streams.inbox"));
            statement.setString(2, other.partitionOf("streams.inbox"));
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                LocalDate day = rows.getObject(1, LocalDate.class);
                if (day == null) {
                    throw new IllegalStateException(
                            "there are no inboxes of %s and %s: both were dropped"
                                    .formatted(one.label(), other.label()));
                }
                return day.atStartOfDay(ZoneOffset.UTC).toInstant();
            }
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
}
