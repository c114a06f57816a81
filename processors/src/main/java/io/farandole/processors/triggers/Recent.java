package io.farandole.processors.triggers;

import java.time.Duration;
import java.time.Instant;

/**
 * What was recorded within five minutes.
 *
 * @param number of those five minutes, from 1970 on
 */
record Recent(long number, Spread spread) {

    private static final Duration SIZE = Duration.ofMinutes(5);

    static Recent none(long number) {
        return new Recent(number, Spread.NOTHING);
    }

    static long numberAt(Instant recorded) {
        return Math.floorDiv(recorded.getEpochSecond(), SIZE.toSeconds());
    }

    static Instant end(long number) {
        return Instant.ofEpochSecond((number + 1) * SIZE.toSeconds());
    }
}
