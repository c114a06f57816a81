package io.farandole.pubsub;

import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The server's two clocks: what it writes down, and what it measures waiting with; and the timer
 * that goes with them.
 */
record Times(InstantSource calendar, ScheduledExecutorService timer) {

    /** Never goes back, whatever becomes of the calendar. */
    long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    void after(long millis, Runnable action) {
        var _ = timer.schedule(action, Math.max(0, millis), TimeUnit.MILLISECONDS);
    }
}
