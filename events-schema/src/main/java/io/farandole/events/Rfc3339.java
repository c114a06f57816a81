package io.farandole.events;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Instants and dates as events write them; stricter than {@link Instant#parse} (years 0001 to 9999)
 * and faster.
 */
final class Rfc3339 {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Rfc3339() {}

    static boolean canWrite(Instant instant) {
        return !instant.isBefore(FIRST) && !instant.isAfter(LAST);
    }

    static boolean canWrite(LocalDate date) {
        return date.getYear() >= 1 && date.getYear() <= 9999;
    }

    /** {@code 2026-11-22T12:00:00.5Z} or with an offset; null for anything else. */
    static @Nullable Instant instant(String text) {
        int length = text.length();
        if (length < 20 || length > 35) {
            return null;
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 2);
        int day = digits(text, 8, 2);
        int hour = digits(text, 11, 2);
        int minute = digits(text, 14, 2);
        int second = digits(text, 17, 2);
        char t = text.charAt(10);
        boolean shaped =
                text.charAt(4) == '-'
                        && text.charAt(7) == '-'
                        && (t == 'T' || t == 't')
                        && text.charAt(13) == ':'
                        && text.charAt(16) == ':';
        if (!shaped
                || year < 1
                || hour < 0
                || hour > 23
                || minute < 0
                || minute > 59
                || second < 0
                || second > 59) {
            return null;
        }
        int at = 19;
        int nanos = 0;
        if (text.charAt(at) == '.') {
            int from = ++at;
            while (at < length && isDigit(text.charAt(at))) {
                at++;
            }
            int places = at - from;
            if (places < 1 || places > 9) {
                return null;
            }
            nanos = digits(text, from, places);
            for (int i = places; i < 9; i++) {
                nanos *= 10;
            }
        }
        int offset = offset(text, at);
        if (offset == Integer.MIN_VALUE) {
            return null;
        }
        try {
            long epochDay = LocalDate.of(year, month, day).toEpochDay();
            Instant instant =
                    Instant.ofEpochSecond(
                            epochDay * 86_400 + hour * 3_600L + minute * 60L + second - offset,
                            nanos);
            return canWrite(instant) ? instant : null;
        } catch (DateTimeException _) {
            return null;
        }
    }

    /** {@code 2026-11-22}; null for anything else. */
    static @Nullable LocalDate date(String text) {
        if (text.length() != 10
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || digits(text, 0, 4) < 1) {
            return null;
        }
        try {
            return LocalDate.of(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2));
        } catch (DateTimeException _) {
            return null;
        }
    }

    /** Seconds east of Greenwich, from {@code at} to the end. */
    private static int offset(String text, int at) {
        int left = text.length() - at;
        if (left == 1) {
            return text.charAt(at) == 'Z' || text.charAt(at) == 'z' ? 0 : Integer.MIN_VALUE;
        }
        if (left != 6 || text.charAt(at + 3) != ':') {
            return Integer.MIN_VALUE;
        }
        int hours = digits(text, at + 1, 2);
        int minutes = digits(text, at + 4, 2);
        if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
            return Integer.MIN_VALUE;
        }
        int seconds = hours * 3_600 + minutes * 60;
        return switch (text.charAt(at)) {
            case '+' -> seconds;
            case '-' -> -seconds;
            default -> Integer.MIN_VALUE;
        };
    }

    /** The number that these digits are, or -1. */
    private static int digits(String text, int from, int count) {
        int number = 0;
        for (int i = from; i < from + count; i++) {
            char c = text.charAt(i);
            if (!isDigit(c)) {
                return -1;
            }
            number = number * 10 + (c - '0');
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
