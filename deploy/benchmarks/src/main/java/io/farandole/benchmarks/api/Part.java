package io.farandole.benchmarks.api;

import java.util.Locale;

/** What can be measured by itself. */
public enum Part {
    /** Answers a second, impressions landing in the outbox. */
    RATE,
    /** The same with the broker and the impressions' consumers at work. */
    CONSUMERS,
    /** Latency at 500 requests a second. */
    LATENCY,
    /** The same while 500 events a second change lists. */
    CHANGES,
    /** From an event to the list that it changed, stage by stage. */
    FRESHNESS,
    /** What open streams take. */
    STREAMS,
    /** What the heap does under lasting load. */
    MEMORY,
    /** Answers a second and heap, by how many offers there are. */
    GROWTH;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
