package io.farandole.local.command;

import io.farandole.local.offline.TimeBudget;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A budget as it is typed. */
final class BudgetText implements ITypeConverter<TimeBudget> {

    @Override
    public TimeBudget convert(String value) {
        try {
            return TimeBudget.parse(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
