package io.farandole.streams.topology;

import io.farandole.streams.JoinWindows;
import io.farandole.streams.LatePolicy;
import io.farandole.streams.SessionWindows;
import io.farandole.streams.TimeWindows;
import io.farandole.streams.Windows;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a store's keys are cut by event time.
 *
 * @param seconds the size of a window, the gap between sessions, or how far apart two that are
 *     joined may be
 * @param advanceSeconds from one start to the next; null for what has no fixed starts
 * @param graceSeconds how far the watermark may be past a window's end before the window closes
 * @param late what becomes of what comes after that
 */
public record WindowsNode(
        Kind kind,
        double seconds,
        @Nullable Double advanceSeconds,
        double graceSeconds,
        LatePolicy late) {

    /** In the words of Kafka Streams. */
    public enum Kind {
        TUMBLING,
        HOPPING,
        SESSION,
        JOIN
    }

    static WindowsNode of(Windows windows) {
        return switch (windows) {
            case TimeWindows time ->
                    new WindowsNode(
                            time.size().equals(time.advance()) ? Kind.TUMBLING : Kind.HOPPING,
                            seconds(time.size()),
                            seconds(time.advance()),
                            seconds(time.grace()),
                            time.late());
            case SessionWindows session ->
                    new WindowsNode(
                            Kind.SESSION,
                            seconds(session.gap()),
                            null,
                            seconds(session.grace()),
                            session.late());
            case JoinWindows join ->
                    new WindowsNode(
                            Kind.JOIN,
                            seconds(join.difference()),
                            null,
                            seconds(join.grace()),
                            join.late());
        };
    }

    /** {@code hopping windows of 1 h every 5 min, grace 0 s, late: update}. */
    String words() {
        String size = span(seconds);
        String cut =
                switch (kind) {
                    case TUMBLING -> "tumbling windows of " + size;
                    case HOPPING ->
                            "hopping windows of "
                                    + size
                                    + " every "
                                    + span(advanceSeconds == null ? seconds : advanceSeconds);
                    case SESSION -> "sessions with a gap of " + size;
                    case JOIN -> "joined within " + size;
                };
        return cut
                + ", grace "
                + span(graceSeconds)
                + ", late: "
                + late.name().toLowerCase(Locale.ROOT);
    }

    /** In the largest unit that divides it. */
    private static String span(double seconds) {
        long millis = Math.round(seconds * 1_000);
        Duration span = Duration.ofMillis(millis);
        if (millis % 1_000 != 0) {
            return millis + " ms";
        }
        if (span.equals(Duration.ofDays(span.toDays())) && millis > 0) {
            return span.toDays() + " d";
        }
        if (span.equals(Duration.ofHours(span.toHours())) && millis > 0) {
            return span.toHours() + " h";
        }
        return span.equals(Duration.ofMinutes(span.toMinutes())) && millis > 0
                ? span.toMinutes() + " min"
                : span.toSeconds() + " s";
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}
