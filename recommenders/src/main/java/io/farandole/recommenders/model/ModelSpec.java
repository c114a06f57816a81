package io.farandole.recommenders.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which model, with which parameters. Its text, such as {@code ease:lambda=200}, is a family's name
 * and the parameters that are not left to their defaults.
 */
public sealed interface ModelSpec {

    /**
     * The item-item linear model in closed form (Steck 2019, "Embarrassingly shallow autoencoders
     * for sparse data").
     *
     * @param lambda L2 regularisation, in acts
     * @param support items with fewer positive acts are left out of the matrix and are ranked by
     *     popularity alone: their weights are mostly chance and cost memory by the square
     */
    record Ease(double lambda, int support) implements ModelSpec {

        public static final Ease USUAL = new Ease(200, 5);

        public Ease {
            Parameters.check("lambda", lambda, lambda > 0, "above 0");
            Parameters.check("support", support, support >= 1, "1 or more");
        }

        @Override
        public String text() {
            return "ease:lambda="
                    + Parameters.text(lambda)
                    + (support == USUAL.support ? "" : ",support=" + support);
        }
    }

    /**
     * Neighbours by cosine, an item's score being the sum of its likenesses to the history's items
     * that are among its nearest.
     *
     * @param neighbours how many nearest are kept of each item
     * @param shrink added to the denominator, in acts, so that few common users count for less
     */
    record ItemKnn(int neighbours, double shrink) implements ModelSpec {

        public static final ItemKnn USUAL = new ItemKnn(100, 10);

        public ItemKnn {
            Parameters.check("neighbours", neighbours, neighbours >= 1, "1 or more");
            Parameters.check("shrink", shrink, shrink >= 0, "0 or more");
        }

        @Override
        public String text() {
            return "item-knn:neighbours=" + neighbours + ",shrink=" + Parameters.text(shrink);
        }
    }

    /**
     * The number of positive acts, an act counting half after each half-life before the latest act
     * of all.
     *
     * @param halfLife null where all acts count alike
     */
    record Popularity(@Nullable Duration halfLife) implements ModelSpec {

        public static final Popularity USUAL = new Popularity(Duration.ofDays(730));

        public static final Popularity UNDECAYED = new Popularity(null);

        public Popularity {
            if (halfLife != null && !halfLife.isPositive()) {
                throw new IllegalArgumentException("half-life " + halfLife + " is not above 0");
            }
        }

        @Override
        public String text() {
            return "popularity:half-life=" + Parameters.text(halfLife);
        }
    }

    /** In the one form that {@link #parse} gives back unchanged. */
    String text();

    /**
     * @throws IllegalArgumentException if there is no such family or parameter, or a value is out
     *     of range; the message says what there is
     */
    static ModelSpec parse(String text) {
        Parameters parameters = Parameters.parse(text);
        ModelSpec spec =
                switch (parameters.family()) {
                    case "ease" ->
                            new Ease(
                                    parameters.number("lambda", Ease.USUAL.lambda),
                                    parameters.count("support", Ease.USUAL.support));
                    case "item-knn" ->
                            new ItemKnn(
                                    parameters.count("neighbours", ItemKnn.USUAL.neighbours),
                                    parameters.number("shrink", ItemKnn.USUAL.shrink));
                    case "popularity" ->
                            new Popularity(
                                    parameters.duration("half-life", Popularity.USUAL.halfLife));
                    default ->
                            throw new IllegalArgumentException(
                                    "'"
                                            + text
                                            + "' is no model; there are ease:lambda=200,"
                                            + " item-knn:neighbours=100,shrink=10 and"
                                            + " popularity:half-life=730d");
                };
        parameters.refuseTheRest();
        return spec;
    }
}
