package io.farandole.recommenders.linear;

import io.farandole.recommenders.model.ItemWeights;
import io.farandole.recommenders.model.ModelSpec;
import java.util.Arrays;

/**
 * RP3beta (Paudel et al., TiiS 2017, "Updatable, accurate, diverse, and scalable recommendations"):
 * the probability of a walk of three steps from user to item, transition probabilities to the power
 * of alpha, divided by the item's degree to the power of beta.
 */
public final class RandomWalk implements RowWise {

    private final Pairs pairs;
    private final double[] sources;
    private final double[] targets;

    public RandomWalk(Signals signals, ModelSpec.Rp3Beta spec) {
        this.pairs = new Pairs(signals, signals.userFactors(spec.alpha()));
        this.sources = signals.itemFactors(spec.alpha());
        this.targets = signals.itemFactors(spec.beta());
    }

    /** The largest of each item. */
    public ItemWeights weights(int neighbours) {
        return RowWise.keep(this, sources.length, neighbours);
    }

    @Override
    public float[][] rows(int from, int end) {
        float[][] rows = new float[end - from][sources.length];
        double[] products = new double[sources.length];
        for (int item = from; item < end; item++) {
            Arrays.fill(products, 0);
            pairs.addRow(item, products);
            float[] row = rows[item - from];
            for (int other = 0; other < row.length; other++) {
                row[other] = (float) (products[other] * sources[item] * targets[other]);
            }
        }
        return rows;
    }
}
