package io.farandole.benchmarks.counting;

import java.time.Instant;

/**
 * One event of a workload.
 *
 * @param time when it happened, by which it is counted
 */
public record Fact(int number, String key, Instant time) {

    /** Under which it is counted: its key, in the window of its time. */
    public String counted() {
        return Windows.counted(key, time);
    }
}
