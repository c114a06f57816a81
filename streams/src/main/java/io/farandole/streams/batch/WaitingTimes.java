package io.farandole.streams.batch;

import java.time.Duration;
import java.time.Instant;

/**
 * When what waits is tried again: after one, two, four … seconds, at most a minute, and after some
 * attempts once an hour: it is woken when its row appears, but a wake-up can be missed.
 */
final class WaitingTimes {

    private static final int QUICK_ATTEMPTS = 12;
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration SLOW = Duration.ofHours(1);

    private WaitingTimes() {}

    /** When to try again after so many attempts. */
    static Instant after(int attempts, Instant now) {
        if (attempts >= QUICK_ATTEMPTS) {
            return now.plus(SLOW);
        }
        Duration doubled = FIRST.multipliedBy(1L << (attempts - 1));
        return now.plus(doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled);
    }
}
