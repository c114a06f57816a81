package io.farandole.pubsub.push;

/**
 * How many messages of a subscription may be on their way to its endpoint: few at first, twice as
 * many after each round that goes well, fewer after each failure, and none for a while that grows
 * with every further one. Pure, told the time, and for one thread at a time.
 */
public final class PushWindow {

    static final int FIRST = 4;
    static final int LARGEST = 3_000;
    static final long SHORTEST_PAUSE_MILLIS = 100;
    static final long LONGEST_PAUSE_MILLIS = 60_000;

    private double size = FIRST;
    private double slowStartUpTo = LARGEST;
    private int outstanding;
    private long pauseMillis;
    private long pausedUntil = Long.MIN_VALUE;

    public boolean hasRoom(long now) {
        return outstanding < (int) size && now >= pausedUntil;
    }

    public void sent() {
        outstanding++;
    }

    /** Acknowledged: exponential growth up to half of where it went wrong, from there linear. */
    public void succeeded() {
        outstanding--;
        size = Math.min(LARGEST, size + (size < slowStartUpTo ? 1 : 1 / size));
        pauseMillis = 0;
        pausedUntil = Long.MIN_VALUE;
    }

    /** Not acknowledged; says how long to pause. */
    public long failed(long now) {
        outstanding--;
        size = Math.max(1, size / 2);
        slowStartUpTo = size;
        if (now >= pausedUntil) {
            // what failed meanwhile was sent before the pause, and says nothing new
            pauseMillis = Math.clamp(pauseMillis * 2, SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS);
            pausedUntil = now + pauseMillis;
        }
        return pausedUntil - now;
    }

    int size() {
        return (int) size;
    }
}
