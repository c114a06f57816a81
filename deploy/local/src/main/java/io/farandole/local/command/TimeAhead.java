package io.farandole.local.command;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How far ahead: a number with s, m, h or d behind it. */
final class TimeAhead implements ITypeConverter<Duration> {

    private static final int MOST_DIGITS = 6;

    @Override
    public Duration convert(String value) {
        int last = value.length() - 1;
        boolean isNumber =
                last >= 1
                        && last <= MOST_DIGITS
                        && value.chars().limit(last).allMatch(c -> c >= '0' && c <= '9');
        char unit = isNumber ? value.charAt(last) : '?';
        long number = isNumber ? Long.parseLong(value.substring(0, last)) : 0;
        return switch (unit) {
            case 's' -> Duration.ofSeconds(number);
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            case 'd' -> Duration.ofDays(number);
            default ->
                    throw new TypeConversionException(
                            "'" + value + "' is no time like 90d, 12h, 30m or 45s");
        };
    }
}
