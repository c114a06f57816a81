package io.farandole.gateway.offers;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far the memory of offers is behind what is published: by what is heard, and by when all was
 * read last. Times are those of {@link System#nanoTime}.
 */
final class Feed {

    /** For how long the last event says how far behind we are: then there are none to come. */
    private static final long COUNTS_NANOS = Duration.ofSeconds(5).toNanos();

    /** For so long the broker need not say that it is there. */
    private static final long CONFIRMED_NANOS = Duration.ofSeconds(10).toNanos();

    private boolean connected;
    private long confirmedAt;
    private long hearsSince;
    private long lastHeard;
    private long lastBehind;
    private @Nullable Long lastRead;

    /** Whether events are heard. */
    synchronized void hears(boolean does, long now) {
        if (does && !connected) {
            hearsSince = now;
        }
        connected = does;
        confirmedAt = now;
    }

    /** The broker is in reach. */
    synchronized void confirmed(long now) {
        confirmedAt = now;
    }

    /** An event was heard so long after it was published. */
    synchronized void heard(Duration after, long now) {
        lastHeard = now;
        confirmedAt = now;
        lastBehind = Math.max(0, after.toNanos());
    }

    /** All was read, beginning then. */
    synchronized void read(long since) {
        lastRead = since;
    }

    /** Whether all was ever read. */
    synchronized boolean isLoaded() {
        return lastRead != null;
    }

    synchronized boolean hears(long now) {
        return connected && now - confirmedAt < CONFIRMED_NANOS;
    }

    /** Whether it is long enough since hearing began that nothing from before can be missing. */
    synchronized boolean isSettled(Duration after, long now) {
        return hears(now) && now - hearsSince > after.toNanos();
    }

    /** How old what is known may be; empty while nothing is. */
    synchronized @Nullable Duration age(long now) {
        Long read = lastRead;
        if (read == null) {
            return null;
        }
        // What was published before we heard anything is known by what was read since.
        boolean isWhole = hears(now) && read - hearsSince >= 0;
        return Duration.ofNanos(isWhole ? Math.min(now - read, behind(now)) : now - read);
    }

    /** How old the last reading is; empty before the first. */
    synchronized @Nullable Duration sinceRead(long now) {
        return lastRead == null ? null : Duration.ofNanos(now - lastRead);
    }

    private long behind(long now) {
        return now - lastHeard < COUNTS_NANOS ? lastBehind : 0;
    }
}
