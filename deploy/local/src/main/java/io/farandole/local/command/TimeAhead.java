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
        if (last >= 1
                && last <= MOST_DIGITS
                && value.chars().limit(last).allMatch(c -> c >= '0' && c <= '9')) {
            long number = Long.parseLong(value.substring(0, last));
            switch (value.charAt(last)) {
                case 's':
                    return Duration.ofSeconds(number);
                case 'm':
                    return Duration.ofMinutes(number);
                case 'h':
                    return Duration.ofHours(number);
                case 'd':
                    return Duration.ofDays(number);
                default:
                    break;
            }
        }
        throw new TypeConversionException("'" + value + "' is no time like 90d, 12h, 30m or 45s");
    }
}
