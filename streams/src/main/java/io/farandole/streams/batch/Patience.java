package io.farandole.streams.batch;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How often and after what pause a transaction is tried again that others were in the way of. */
final class Patience {

    private static final Logger log = LoggerFactory.getLogger(Patience.class);
    static final int MOST_ATTEMPTS = 10;

    private static final Duration FIRST = Duration.ofMillis(4);
    private static final Duration LONGEST = Duration.ofMillis(500);

    private Patience() {}

    /** One transaction. */
    @FunctionalInterface
    interface Transaction<T> {
        T run() throws SQLException;
    }

    /** Runs it again and again while others are in its way, a bounded number of times. */
    static <T> T whileContended(String doing, Transaction<T> transaction) throws SQLException {
        for (int attempts = 1; ; attempts++) {
            try {
                return transaction.run();
            } catch (SQLException | RuntimeException e) {
                if (Trouble.of(e) != Trouble.CONTENTION) {
                    throw e;
                }
                if (attempts == MOST_ATTEMPTS) {
                    throw InfrastructureTrouble.of(doing + " for the " + attempts + "th time", e);
                }
                log.debug("Again, {}: {}", doing, e.getMessage());
                pause(attempts);
            }
        }
    }

    /** Pauses, at random for up to twice as long after each attempt, so that rivals part. */
    static void pause(int attempts) {
        long bound = Math.min(FIRST.toNanos() << attempts, LONGEST.toNanos());
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(bound / 2, bound + 1));
        if (Thread.currentThread().isInterrupted()) {
            throw new InfrastructureTrouble("interrupted while waiting to try a batch again", null);
        }
    }
}
