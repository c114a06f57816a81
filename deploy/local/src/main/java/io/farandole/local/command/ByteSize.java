package io.farandole.local.command;

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

    @Override
    public Long convert(String value) {
        Matcher text = TEXT.matcher(value.toUpperCase(Locale.ROOT));
        if (!text.matches()) {
            throw new TypeConversionException("'" + value + "' is no size, such as 500MB or 2GB");
        }
        return Long.parseLong(text.group(1)) * UNITS.getOrDefault(text.group(2), 1L);
    }
}
