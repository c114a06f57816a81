package io.farandole.benchmarks.streams;

import java.util.Locale;

/** What can be measured by itself. */
public enum Part {
    /** A backlog, without and with an output for each input. */
    DRAINED,
    /** From publish to visible at 1,000 a second. */
    LATENCY,
    /** From kill -9 to the first applied event. */
    RECOVERY,
    /** An event's processor time, by how many keys there are. */
    COST,
    /** A rebuild beside 1,000 a second. */
    REBUILT;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
