package io.farandole.streams.batch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/**
 * Deletes what was kept for its sake and is settled: waiting messages that were applied in the end,
 * and long work that is done. What is open or was given up stays.
 */
public final class ForgettingSettled {

    private static final int AT_ONCE = 1_000;
    private static final List<String> DELETES =
            List.of(
                    """
                    delete from streams.dead_letter where id = any (array(
                      select id from streams.dead_letter
                      where status = 'RESOLVED'
                        and resolved_at < clock_timestamp() - ? * interval '1 millisecond'
                      order by resolved_at limit ? for update skip locked))
                    """,
                    """
                    delete from streams.work where id = any (array(
                      select id from streams.work
                      where state in ('DONE', 'WITHHELD')
                        and finished_at < clock_timestamp() - ? * interval '1 millisecond'
                      order by finished_at limit ? for update skip locked))
                    """);

    private final DataSource dataSource;
    private final Duration retention;

    /**
     * @param retention for how long it is kept once it is settled
     */
    public ForgettingSettled(DataSource dataSource, Duration retention) {
        this.dataSource = dataSource;
        this.retention = retention;
    }

    /** Deletes what is past its retention, a portion in each transaction; says how many rows. */
    public int forget() {
        try (Connection connection = dataSource.getConnection()) {
            int gone = 0;
            for (String delete : DELETES) {
                gone += inPortions(connection, delete);
            }
            return gone;
        } catch (SQLException e) {
            throw Trouble.infrastructure("forgetting what is settled", e);
        }
    }

    private int inPortions(Connection connection, String sql) throws SQLException {
        int gone = 0;
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setLong(1, retention.toMillis());
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
