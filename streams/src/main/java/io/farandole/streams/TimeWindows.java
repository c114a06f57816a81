package io.farandole.streams;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Windows of one size, aligned to 1970: tumbling when each begins where the last one ends, hopping
 * when they overlap. They are numbered by their starts, in units of the advance.
 *
 * @param size in whole milliseconds
 * @param advance from one start to the next, in whole milliseconds, at most the size
 */
public record TimeWindows(Duration size, Duration advance, Duration grace, LatePolicy late)
        implements Windows {

    public TimeWindows {
        if (size.compareTo(advance) < 0 || !isWholeMillis(size) || !isWholeMillis(advance)) {
            throw new IllegalArgumentException(
                    "windows of %s every %s: both are whole milliseconds, and none is left out"
                            .formatted(size, advance));
        }
        if (grace.isNegative()) {
            throw new IllegalArgumentException("a grace of " + grace + " is before the end");
        }
    }

    /** Tumbling windows without grace. */
    public static TimeWindows ofSize(Duration size) {
        return new TimeWindows(size, size, Duration.ZERO, LatePolicy.UPDATE);
    }

    /** The same, hopping. */
    public TimeWindows advanceBy(Duration hop) {
        return new TimeWindows(size, hop, grace, late);
    }

    public TimeWindows withGrace(Duration longer) {
        return new TimeWindows(size, advance, longer, late);
    }

    public TimeWindows whenLate(LatePolicy policy) {
        return new TimeWindows(size, advance, grace, policy);
    }

    /** The windows that this time is in, the earliest first. */
    public List<Window> windowsOf(Instant time) {
        long millis = time.toEpochMilli();
        long first = Math.floorDiv(millis - size.toMillis(), advance.toMillis()) + 1;
        long last = Math.floorDiv(millis, advance.toMillis());
        return LongStream.rangeClosed(first, last).mapToObj(this::window).toList();
    }

    /** How many windows after the one that starts with 1970 this one starts. */
    public long numberOf(Window window) {
        return Math.floorDiv(window.start().toEpochMilli(), advance.toMillis());
    }

    public Window window(long number) {
        Instant start = Instant.ofEpochMilli(Math.multiplyExact(number, advance.toMillis()));
        return new Window(start, start.plus(size));
    }

    /** The watermark at which it closes. */
    public Instant closes(Window window) {
        return window.end().plus(grace);
    }

    private static boolean isWholeMillis(Duration duration) {
        return duration.isPositive() && duration.equals(Duration.ofMillis(duration.toMillis()));
    }
}
