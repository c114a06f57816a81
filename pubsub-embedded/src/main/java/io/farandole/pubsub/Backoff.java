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

    static RetryPolicy withDefaults(RetryPolicy policy) {
        RetryPolicy.Builder whole = policy.toBuilder();
        if (!policy.hasMinimumBackoff()) {
            whole.setMinimumBackoff(duration(DEFAULT_MINIMUM));
        }
        if (!policy.hasMaximumBackoff()) {
            whole.setMaximumBackoff(duration(DEFAULT_MAXIMUM));
        }
        return whole.build();
    }

    private static Duration duration(long millis) {
        return Duration.newBuilder().setSeconds(millis / 1000).build();
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

    /** How long after so many deliveries that came to nothing. */
    long millis(int failures) {
        int doublings = Math.clamp(failures - 1L, 0, 20);
        return Math.min(maximumMillis, minimumMillis << doublings);
    }
}
