package io.farandole.benchmarks.counting;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for numbers to grow; gives up when one has not for too long. */
final class Patience {

    private static final Duration STILL = Duration.ofMinutes(3);

    private final Duration look;

    /**
     * @param look between two looks
     */
    Patience(Duration look) {
        this.look = look;
    }

    /** Returns the first number that is at least this. */
    long await(String what, long wanted, Callable<Long> number) throws Exception {
        long before = Long.MIN_VALUE;
        long since = System.nanoTime();
        while (true) {
            long now = number.call();
            if (now >= wanted) {
                return now;
            }
            if (now != before) {
                before = now;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > STILL.toNanos()) {
                throw new IllegalStateException(
                        "%s: %,d of %,d, and no more for %d s"
                                .formatted(what, now, wanted, STILL.toSeconds()));
            }
            Thread.sleep(look);
        }
    }
}
