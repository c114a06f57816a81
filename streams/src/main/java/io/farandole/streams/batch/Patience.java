package io.farandole.streams.batch;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** How often and after what pause a transaction is tried again that others were in the way of. */
final class Patience {

    static final int MOST_ATTEMPTS = 10;

    private static final Duration FIRST = Duration.ofMillis(4);
    private static final Duration LONGEST = Duration.ofMillis(500);

    private Patience() {}

    /** Pauses, at random for up to twice as long after each attempt, so that rivals part. */
    static void pause(int attempts) {
        long bound = Math.min(FIRST.toNanos() << attempts, LONGEST.toNanos());
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(bound / 2, bound + 1));
        if (Thread.currentThread().isInterrupted()) {
            throw new InfrastructureTrouble("interrupted while waiting to try a batch again", null);
        }
    }
}
