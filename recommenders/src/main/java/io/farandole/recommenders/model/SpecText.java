package io.farandole.recommenders.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** From a specification's text to the specification. */
final class SpecText {

    private static final Pattern PLUS = Pattern.compile("\\s\\+\\s");

    private SpecText() {}

    static ModelSpec parse(String text) {
        String[] parts = PLUS.split(text, -1);
        if (parts.length > 1) {
            return blend(parts);
        }
        Parameters given = Parameters.parse(text);
        ModelSpec spec =
                switch (given.family()) {
                    case "auto" -> new ModelSpec.Auto();
                    case "content" -> ModelSpec.Content.of(given);
                    case "ease" -> ModelSpec.Ease.of(given);
                    case "graph" -> ModelSpec.Graph.of(given);
                    case "ials" -> ModelSpec.Ials.of(given);
                    case "item-knn" -> ModelSpec.ItemKnn.of(given);
                    case "popularity" -> ModelSpec.Popularity.of(given);
                    case "rp3beta" -> ModelSpec.Rp3Beta.of(given);
                    case "turbo" -> ModelSpec.Turbo.of(given);
                    case "transitions" -> ModelSpec.Transitions.of(given);
                    default ->
                            throw new IllegalArgumentException(
                                    "'"
                                            + text
                                            + "' is no model; there are auto, content,"
                                            + " ease:lambda=200, graph:low=0.3, ials:rank=128,"
                                            + " item-knn:neighbours=100,shrink=10,"
                                            + " popularity:half-life=730d,"
                                            + " rp3beta:alpha=0.8,beta=0.4, transitions:window=5,"
                                            + " turbo:power=0.7 and 'blend:recency=8 + 0.6*ease +"
                                            + " 0.4*graph'");
                };
        given.refuseTheRest();
        return spec;
    }

    private static ModelSpec blend(String[] parts) {
        Parameters given = Parameters.parse(parts[0]);
        if (!given.family().equals(Counting.BLEND)) {
            throw new IllegalArgumentException(
                    "'" + parts[0] + "' does not begin with " + Counting.BLEND);
        }
        Counting counting = Counting.of(given);
        given.refuseTheRest();
        List<ModelSpec.Blend.Share> shares = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            shares.add(share(parts[i].strip()));
        }
        return new ModelSpec.Blend(counting, shares);
    }

    private static ModelSpec.Blend.Share share(String part) {
        int star = part.indexOf('*');
        double weight = 1;
        if (star >= 0) {
            try {
                weight = Double.parseDouble(part.substring(0, star).strip());
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("'" + part + "' begins with no weight", e);
            }
        }
        if (parse(part.substring(star + 1).strip()) instanceof ModelSpec.Blendable one) {
            return new ModelSpec.Blend.Share(weight, one);
        }
        throw new IllegalArgumentException(
                "'"
                        + part
                        + "' cannot be blended: it says the same to everybody, or is a blend"
                        + " itself");
    }
}
