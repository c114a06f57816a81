package io.farandole.streams.running;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small number that no other running instance has: workers with one number write the same rows of
 * the books and wait for each other. Few numbers, used again and again, for each makes rows.
 *
 * <p>It is an advisory lock, held by a connection of its own; the database frees it when the
 * instance dies. While there is none, for too many instances or a lost connection, the number may
 * be another's too: that is slower and nothing else.
 */
final class InstanceNumber implements AutoCloseable {

    static final int COUNT = 64;

    private static final Logger log = LoggerFactory.getLogger(InstanceNumber.class);

    /** Tells these locks apart from all others; "inst" in ASCII. */
    private static final int LOCKS = 0x696e7374;

    private static final int SECONDS_TO_ANSWER = 2;

    private final DataSource database;
    private volatile int number = ThreadLocalRandom.current().nextInt(COUNT);
    private @Nullable Connection holder;

    InstanceNumber(DataSource database) {
        this.database = database;
    }

    /** From 0 to 63. */
    int current() {
        return number;
    }

    /** Takes a number, or another one if the connection that held it was lost. */
    synchronized void keep() {
        try {
            Connection held = holder;
            if (held != null && held.isValid(SECONDS_TO_ANSWER)) {
                return;
            }
            close();
            take();
        } catch (SQLException e) {
            log.debug("No number of this instance's own could be taken now", e);
        }
    }

    @Override
    public synchronized void close() {
        Connection held = holder;
        holder = null;
        if (held == null) {
            return;
        }
        try (held;
                PreparedStatement unlock =
                        held.prepareStatement("select pg_advisory_unlock(?, ?)")) {
            unlock.setInt(1, LOCKS);
            unlock.setInt(2, number);
            unlock.execute();
        } catch (SQLException e) {
            log.debug("The connection that held the instance's number was lost", e);
        }
    }

    private void take() throws SQLException {
        Connection connection = database.getConnection();
        try (PreparedStatement lock =
                connection.prepareStatement("select pg_try_advisory_lock(?, ?)")) {
            // The one that it had first: its rows are there already.
            int first = number;
            for (int i = 0; i < COUNT; i++) {
                int candidate = (first + i) % COUNT;
                lock.setInt(1, LOCKS);
                lock.setInt(2, candidate);
                if (isTrue(lock)) {
                    number = candidate;
                    holder = connection;
                    return;
                }
            }
            log.debug("All {} numbers are taken", COUNT);
        } finally {
            if (holder == null) {
                connection.close();
            }
        }
    }

    private static boolean isTrue(PreparedStatement select) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            return rows.next() && rows.getBoolean(1);
        }
    }
}
