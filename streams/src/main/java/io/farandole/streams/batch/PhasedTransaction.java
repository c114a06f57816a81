package io.farandole.streams.batch;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One transaction on a connection of its own, under the generation's phase lock. */
final class PhasedTransaction implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PhasedTransaction.class);

    private final Connection connection;
    private final Instant now;
    private final PhaseLock phase;
    private final Pinned pinned;
    private final HangingFolds hanging;
    private final Replays replays;
    private boolean committed;

    PhasedTransaction(PreparedProcessor prepared) throws SQLException {
        this(prepared, Pinned.NOTHING);
    }

    /**
     * @param pinned what must be current once the lock is shared
     */
    PhasedTransaction(PreparedProcessor prepared, Pinned pinned) throws SQLException {
        this.pinned = pinned;
        now = prepared.clock().instant();
        phase = new PhaseLock(prepared.generation());
        connection = prepared.dataSource().getConnection();
        hanging = prepared.hanging();
        replays = prepared.replays();
        hanging.transaction(connection);
        try {
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    Connection connection() {
        return connection;
    }

    /** The one time of this transaction, for everything that is dated by it. */
    Instant now() {
        return now;
    }

    /** Sends the first statements, after those that take the phase lock. */
    void begin(RoundTrip first) throws SQLException {
        first.send(connection);
        replays.told(phase.says(), phase.replayedUntil());
        phase.requireOpen();
        pinned.requireCurrent();
    }

    RoundTrip beginning() {
        RoundTrip first = new RoundTrip();
        phase.take(first);
        pinned.ask(first);
        return first;
    }

    boolean rowsAreAwaited() {
        return phase.isAwaited();
    }

    /** Whether what was published then may be brought once more. */
    boolean replays(Instant published) {
        return phase.replays(published);
    }

    /** What of the outcome of a batch may be said, under this lock. */
    Speech speech() {
        return new Speech(connection, phase);
    }

    void commit() throws SQLException {
        connection.commit();
        committed = true;
    }

    @Override
    public void close() throws SQLException {
        hanging.transaction(null);
        try (connection) {
            if (!committed) {
                connection.rollback();
            }
        } catch (SQLException e) {
            // Why it is not committed is on its way to the caller already, and says more.
            log.debug("Could not roll back", e);
        }
    }
}
