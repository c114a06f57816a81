package io.farandole.local.command;

import io.farandole.recommenders.model.ModelSpec;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A model's specification as it is typed. */
final class ModelText implements ITypeConverter<ModelSpec> {

    static final String USUAL = "ease";

    static final String AUTO = "auto";

    static final String DESCRIPTION =
            "auto (the best on a part held out), ease:lambda=200, graph:low=0.3,"
                    + " rp3beta:alpha=0.8,beta=0.4, item-knn:neighbours=100,shrink=10,"
                    + " transitions:window=5, popularity:half-life=730d or a sum such as"
                    + " 'blend:recency=8 + 0.6*ease + 0.4*graph' (default: ${DEFAULT-VALUE}).";

    @Override
    public ModelSpec convert(String value) {
        try {
            return ModelSpec.parse(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
