package io.farandole.streams.batch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The locks that a processor's batches share: who takes one alone knows that no batch is under way,
 * that every earlier one is committed, and that every later one sees what was committed under it.
 */
public final class PhaseLocks {

    /** The first half of an advisory lock's key; the second is a hash of the processor's name. */
    static final int SPACE = 0x6661_7261;

    private static final String ALONE =
            "select set_config('lock_timeout', ?, true), pg_advisory_xact_lock(?, ?)";

    private PhaseLocks() {}

    static int keyOf(String processor) {
        return processor.hashCode();
    }

    /**
     * Takes a processor's lock alone, until the connection's transaction ends. Batches that come
     * meanwhile wait, for 20 seconds before they pause: be quick.
     *
     * @param connection in a transaction, or the lock is gone at once
     * @param patience how long batches under way may take; also the {@code lock_timeout} of the
     *     rest of the transaction
     * @throws SQLException with SQLSTATE 55P03 if they took longer
     */
    public static void alone(Connection connection, String processor, Duration patience)
            throws SQLException {
        if (connection.getAutoCommit()) {
            throw new IllegalStateException(
                    "the phase lock of " + processor + " is taken for a transaction: begin one");
        }
        try (PreparedStatement lock = connection.prepareStatement(ALONE)) {
            lock.setString(1, Math.max(1, patience.toMillis()) + "ms");
            lock.setInt(2, SPACE);
            lock.setInt(3, keyOf(processor));
            lock.execute();
        }
    }
}
