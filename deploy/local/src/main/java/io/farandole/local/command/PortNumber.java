package io.farandole.local.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A port of this machine, or 0 for any free one. */
final class PortNumber implements ITypeConverter<Integer> {

    private static final int HIGHEST = 65_535;

    @Override
    public Integer convert(String value) {
        int port = new WholeNumber().convert(value);
        if (port > HIGHEST) {
            throw new TypeConversionException("'" + value + "' is no port: they end at " + HIGHEST);
        }
        return port;
    }
}
