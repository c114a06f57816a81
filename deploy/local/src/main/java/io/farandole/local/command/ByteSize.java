package io.farandole.local.command;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of bytes, such as 500MB. */
final class ByteSize implements ITypeConverter<Long> {

    private static final Pattern TEXT = Pattern.compile("([1-9]\\d{0,5})([KMG]B)");
    private static final Map<String, Long> UNITS =
            Map.of("KB", 1_000L, "MB", 1_000_000L, "GB", 1_000_000_000L);

    /** As it would be written: in the largest unit that divides it. */
    static String text(long bytes) {
        for (String unit : List.of("GB", "MB")) {
            long size = UNITS.getOrDefault(unit, 1L);
            if (bytes % size == 0) {
                return bytes / size + unit;
            }
        }
        return bytes / 1_000L + "KB";
    }

    @Override
    public Long convert(String value) {
        Matcher text = TEXT.matcher(value.toUpperCase(Locale.ROOT));
        if (!text.matches()) {
            throw new TypeConversionException("'" + value + "' is no size, such as 500MB or 2GB");
        }
        return Long.parseLong(text.group(1)) * UNITS.getOrDefault(text.group(2), 1L);
    }
}
