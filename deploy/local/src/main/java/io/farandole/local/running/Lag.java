package io.farandole.local.running;

import org.jspecify.annotations.Nullable;

/**
 * How far one generation of a processor is behind on one topic.
 *
 * @param unacknowledged messages of its subscription that are not acknowledged, by the broker
 * @param oldestSeconds for how long the oldest of them has been published
 * @param toCommit from an event's publication to its commit, where that is measured
 */
public record Lag(
        String topic,
        String processor,
        int generation,
        String subscription,
        long unacknowledged,
        @Nullable Double oldestSeconds,
        @Nullable ToCommit toCommit) {

    /**
     * From publication to commit, in seconds, since the process started.
     *
     * @param p50 of the last minutes; absent when nothing came in them
     * @param p99 of the last minutes; absent when nothing came in them
     */
    public record ToCommit(long events, double mean, @Nullable Double p50, @Nullable Double p99) {}
}
