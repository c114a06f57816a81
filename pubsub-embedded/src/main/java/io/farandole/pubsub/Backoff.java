package io.farandole.pubsub;

import com.google.protobuf.Duration;
import com.google.pubsub.v1.RetryPolicy;

/**
 * How long a message rests before it is handed out again: doubled each time, between two bounds.
 */
record Backoff(long minimumMillis, long maximumMillis) {

    static final Backoff NONE = new Backoff(0, 0);
    private static final long DEFAULT_MINIMUM = 10_000;
    private static final long DEFAULT_MAXIMUM = 600_000;

    static Backoff of(RetryPolicy policy) {
        return new Backoff(
                policy.hasMinimumBackoff() ? millis(policy.getMinimumBackoff()) : DEFAULT_MINIMUM,
                policy.hasMaximumBackoff() ? millis(policy.getMaximumBackoff()) : DEFAULT_MAXIMUM);
    }

    static long millis(Duration duration) {
        return duration.getSeconds() * 1000 + duration.getNanos() / 1_000_000;
    }

    long millis(int timesHandedOut) {
        int doublings = Math.clamp(timesHandedOut - 1L, 0, 20);
        return Math.min(maximumMillis, minimumMillis << doublings);
    }
}
