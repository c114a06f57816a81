package io.farandole.pubsub;

import com.google.protobuf.Duration;
import com.google.pubsub.v1.RetryPolicy;

/**
 * How long a message rests before it is handed out again: doubled each time, between two bounds.
 */
record Backoff(long minimumMillis, long maximumMillis) {

    static final Backoff NONE = new Backoff(0, 0);
    private static final long LONGEST_SECONDS = 315_576_000_000L;
    private static final long DEFAULT_MINIMUM = 10_000;
    private static final long DEFAULT_MAXIMUM = 600_000;

    static Backoff of(RetryPolicy policy) {
        return new Backoff(
                policy.hasMinimumBackoff() ? millis(policy.getMinimumBackoff()) : DEFAULT_MINIMUM,
                policy.hasMaximumBackoff() ? millis(policy.getMaximumBackoff()) : DEFAULT_MAXIMUM);
    }

    /** As good as for ever, if it is longer than can be counted. */
    static long millis(Duration duration) {
        long seconds = Math.clamp(duration.getSeconds(), -LONGEST_SECONDS, LONGEST_SECONDS);
        return seconds * 1000 + duration.getNanos() / 1_000_000;
    }

    /** Whether seconds and nanoseconds make a duration by protobuf's own rules. */
    static boolean isDuration(Duration duration) {
        long seconds = duration.getSeconds();
        int nanos = duration.getNanos();
        return Math.abs((double) seconds) <= LONGEST_SECONDS
                && Math.abs((long) nanos) < 1_000_000_000
                && (seconds == 0 || nanos == 0 || (seconds < 0) == (nanos < 0));
    }

    long millis(int timesHandedOut) {
        int doublings = Math.clamp(timesHandedOut - 1L, 0, 20);
        return Math.min(maximumMillis, minimumMillis << doublings);
    }
}
