package io.farandole.local.command;

import io.farandole.recommenders.model.ModelSpec;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A model's specification as it is typed. */
final class ModelText implements ITypeConverter<ModelSpec> {

    static final String USUAL = "ease";

    static final String DESCRIPTION =
            "Such as ease:lambda=200, item-knn:neighbours=100,shrink=10 or"
                    + " popularity:half-life=730d (default: ${DEFAULT-VALUE}).";

    @Override
    public ModelSpec convert(String value) {
        try {
            return ModelSpec.parse(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
