package io.farandole.streams.batch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Forgets the identities of messages that carry no time of ours, source events above all, by when
 * they were published: before that the broker must have let go of them, and whoever publishes one
 * again is a stranger. There is no index by time, which every event would pay for: all is looked
 * through, once an hour.
 */
public final class ForgettingSources {

    private static final int AT_ONCE = 5_000;
    private static final String PARTITIONS =
            "select inhrelid::regclass::text from pg_inherits"
                    + " where inhparent = 'streams.source_inbox'::regclass order by 1";

    private final DataSource dataSource;

    public ForgettingSources(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Deletes what was published before, a portion in each transaction; says how many rows. */
    public int forgetPublishedBefore(Instant time) {
        try (Connection connection = dataSource.getConnection()) {
            int gone = 0;
            for (String partition : partitions(connection)) {
                gone += forget(connection, partition, time.atOffset(ZoneOffset.UTC));
            }
            return gone;
        } catch (SQLException e) {
            throw Trouble.infrastructure("forgetting the ids of source events", e);
        }
    }

    private static List<String> partitions(Connection connection) throws SQLException {
        List<String> partitions = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(PARTITIONS);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                partitions.add(row.getString(1));
            }
        }
        return partitions;
    }

    private static int forget(Connection connection, String partition, OffsetDateTime time)
            throws SQLException {
        int gone = 0;
        // Names of our own tables, as the database spells them.
        try (PreparedStatement delete =
                connection.prepareStatement(
                        "delete from "
                                + partition
                                + " where ctid = any (array(select ctid from "
                                + partition
                                + " where published_hour < ? limit ? for update skip locked))")) {
            delete.setObject(1, time);
            delete.setInt(2, AT_ONCE);
            int portion;
            do {
                portion = delete.executeUpdate();
                gone += portion;
            } while (portion == AT_ONCE && !Thread.currentThread().isInterrupted());
        }
        return gone;
    }
}
