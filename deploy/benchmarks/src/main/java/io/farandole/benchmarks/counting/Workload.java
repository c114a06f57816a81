package io.farandole.benchmarks.counting;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Events with Zipf keys over four hours of event time, in the order of their times; the same
 * numbers give the same events.
 */
public record Workload(int events, int keys) {

    /** What a message carries, in bytes. */
    public static final int BYTES = 300;

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration SPAN = Duration.ofHours(4);
    private static final long SEED = 5;

    public Iterator<Fact> facts() {
        return endless().limit(events).iterator();
    }

    /** With those that come after the workload, at the same pace of event time. */
    Stream<Fact> endless() {
        ZipfKeys zipf = new ZipfKeys(keys);
        SplittableRandom random = new SplittableRandom(SEED);
        return IntStream.iterate(0, number -> number + 1)
                .mapToObj(number -> new Fact(number, "u" + zipf.draw(random), time(number)));
    }

    private Instant time(int number) {
        return BEGIN.plusMillis(SPAN.toMillis() * number / events);
    }
}
