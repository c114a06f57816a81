package io.farandole.streams.batch;

import java.time.Duration;

/** How long work rests that has failed: one, two, four … seconds, at most a minute. */
final class WorkPauses {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private WorkPauses() {}

    static Duration after(int failures) {
        long doubled = 1L << Math.clamp(failures - 1L, 0, 6);
        return doubled > LONGEST.toSeconds() ? LONGEST : Duration.ofSeconds(doubled);
    }
}
