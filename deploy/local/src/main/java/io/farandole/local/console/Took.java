package io.farandole.local.console;

import java.time.Duration;
import java.util.Locale;

/** Durations for people: two units at most. */
public final class Took {

    private static final double MINUTE = 60;

    private Took() {}

    /** Such as {@code 12.3 s}, {@code 5 min 12 s}, {@code 3 h 2 min} or {@code 2 d 3 h}. */
    public static String text(double seconds) {
        if (seconds < MINUTE) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        Duration took = Duration.ofSeconds(Math.round(seconds));
        if (took.toDays() > 0) {
            return took.toDays() + " d " + took.toHoursPart() + " h";
        }
        if (took.toHours() > 0) {
            return took.toHours() + " h " + took.toMinutesPart() + " min";
        }
        return took.toMinutes() + " min " + took.toSecondsPart() + " s";
    }
}
