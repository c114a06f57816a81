package io.farandole.streams.running;

import io.farandole.streams.batch.Generation;
import io.farandole.streams.batch.InfrastructureTrouble;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An advisory lock on a generation, on a connection of its own: saves two instances from doing one
 * thing, which would be slower and nothing else.
 */
final class Alone implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Alone.class);

    /** Tells these locks apart from all others; "rply" in ASCII. */
    private static final int LOCKS = 0x72706c79;

    private final Connection connection;
    private final int generation;
    private final boolean held;

    private Alone(Connection connection, int generation, boolean held) {
        this.connection = connection;
        this.generation = generation;
        this.held = held;
    }

    static Alone in(DataSource database, Generation generation) {
        try {
            Connection connection = database.getConnection();
            try {
                return new Alone(
                        connection,
                        generation.id(),
                        ask(connection, "pg_try_advisory_lock", generation.id()));
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new InfrastructureTrouble("no lock could be taken: " + e.getMessage(), e);
        }
    }

    boolean isHeld() {
        return held;
    }

    @Override
    public void close() {
        try (connection) {
            if (held && !ask(connection, "pg_advisory_unlock", generation)) {
                log.debug("The lock on generation {} was lost before", generation);
            }
        } catch (SQLException e) {
            log.debug("The connection that held the lock on {} was lost", generation, e);
        }
    }

    private static boolean ask(Connection connection, String function, int generation)
            throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("select " + function + "(?, ?)")) {
            lock.setInt(1, LOCKS);
            lock.setInt(2, generation);
            try (ResultSet rows = lock.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }
}
