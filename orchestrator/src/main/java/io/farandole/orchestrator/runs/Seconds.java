package io.farandole.orchestrator.runs;

import java.time.Duration;

/** Durations as scripts read them. */
final class Seconds {

    private static final double MILLIS = 1_000;

    private Seconds() {}

    static double of(Duration duration) {
        return duration.toMillis() / MILLIS;
    }
}
