package io.farandole.benchmarks.streams;

import io.farandole.benchmarks.counting.Awaiting;
import io.farandole.benchmarks.counting.Course;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the rows that are waited for, all in one query: the more there are, the less must
 * looking take from the machine that is measured.
 */
final class Watching implements Course.Watch {

    static final Duration LOOK = Duration.ofMillis(5);

    private static final Logger log = LoggerFactory.getLogger(Watching.class);
    private static final String COUNTS =
            "select v.key, (v.value ->> 'number')::bigint from unnest(?::text[]) as a(key)"
                    + " join "
                    + State.TABLE
                    + " v on v.key = a.key where v.generation = "
                    + State.GENERATION;

    private final DataSource database;
    private final Awaiting awaiting;
    private final Thread thread;

    Watching(DataSource database, Awaiting awaiting) {
        this.database = database;
        this.awaiting = awaiting;
        this.thread = Thread.ofPlatform().name("watching").start(this::watch);
    }

    private void watch() {
        try (Connection connection = database.getConnection();
                PreparedStatement counts = connection.prepareStatement(COUNTS)) {
            while (true) {
                Thread.sleep(LOOK);
                List<String> rows = awaiting.rows();
                if (!rows.isEmpty()) {
                    look(connection, counts, rows);
                }
            }
        } catch (InterruptedException _) {
            // Closed.
        } catch (SQLException e) {
            // What is waited for is then never seen, and the trial fails.
            log.error("Postgres cannot be looked at any more", e);
        }
    }

    private void look(Connection connection, PreparedStatement counts, List<String> rows)
            throws SQLException {
        counts.setArray(1, connection.createArrayOf("text", rows.toArray()));
        counts.setString(2, HourlyViews.NAME);
        counts.setInt(3, HourlyViews.FIRST);
        try (ResultSet found = counts.executeQuery()) {
            while (found.next()) {
                awaiting.seen(found.getString(1), found.getLong(2));
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
