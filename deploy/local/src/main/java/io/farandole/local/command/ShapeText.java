package io.farandole.local.command;

import io.farandole.recommenders.shapes.Shape;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A shape as it is typed: {@code checkins}, or {@code checkins/4} for a quarter of everything. */
final class ShapeText implements ITypeConverter<Shape> {

    private static final int MOST_TIMES = 100;

    @Override
    public Shape convert(String value) {
        int slash = value.indexOf('/');
        try {
            if (slash < 0) {
                return Shape.named(value);
            }
            int times = Integer.parseInt(value.substring(slash + 1));
            if (times >= 1 && times <= MOST_TIMES) {
                return Shape.named(value.substring(0, slash)).smaller(times);
            }
        } catch (NumberFormatException _) {
            // Said below.
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
        throw new TypeConversionException(
                "'" + value + "' does not end with a whole number from 1 to " + MOST_TIMES);
    }
}
