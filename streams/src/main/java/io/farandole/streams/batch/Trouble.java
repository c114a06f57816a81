package io.farandole.streams.batch;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says whose fault a failed transaction is: nobody's for long, the database's, or a message's. */
enum Trouble {
    /** Others were in the way: the same batch, again, will do. */
    CONTENTION,
    /** The database, the way to it, or our schema in it: no message is to blame. */
    INFRASTRUCTURE,
    /** Something in the batch cannot be stored. */
    MESSAGE;

    /**
     * Deadlock, serialization failure, lock timeout; and a cached plan that a migration outdated.
     */
    private static final Set<String> PASSING = Set.of("40P01", "40001", "55P03", "0A000");

    /**
     * Connection, authorization, read-only server, resources, operator intervention, system,
     * missing objects or rights, no partition for an id.
     */
    private static final Set<String> NOT_THE_MESSAGE =
            Set.of("08", "25", "28", "3D", "3F", "40", "42", "53", "55", "57", "58", "F0", "XX");

    /** What Postgres says, among others, when a row has no partition to go to. */
    private static final String CHECK_VIOLATION = "23514";

    static Trouble of(Throwable failure) {
        if (failure instanceof Contended) {
            return CONTENTION;
        }
        SQLException sql = sqlException(failure);
        if (sql == null) {
            return failure instanceof InfrastructureTrouble ? INFRASTRUCTURE : MESSAGE;
        }
        String state = sql.getSQLState();
        if (state == null || state.length() != 5) {
            // The driver and the pool leave it out when they got no answer at all.
            return INFRASTRUCTURE;
        }
        if (PASSING.contains(state)) {
            return CONTENTION;
        }
        boolean blameless =
                // Whoever said so knew what the state alone does not tell.
                failure instanceof InfrastructureTrouble
                        || sql instanceof SQLTransientConnectionException
                        || NOT_THE_MESSAGE.contains(state.substring(0, 2))
                        || state.equals(CHECK_VIOLATION);
        return blameless ? INFRASTRUCTURE : MESSAGE;
    }

    static InfrastructureTrouble infrastructure(String doing, SQLException cause) {
        return new InfrastructureTrouble(
                "Postgres failed while "
                        + doing
                        + " (SQLSTATE "
                        + cause.getSQLState()
                        + "): "
                        + cause.getMessage(),
                cause);
    }

    private static @Nullable SQLException sqlException(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
