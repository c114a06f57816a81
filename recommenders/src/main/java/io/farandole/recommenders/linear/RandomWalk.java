package io.farandole.recommenders.linear;

import io.farandole.recommenders.model.ItemWeights;
import io.farandole.recommenders.model.ModelSpec;
import java.util.function.IntPredicate;

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
    public ItemWeights weights(int neighbours, IntPredicate wanted) {
        return RowWise.keep(this, sources.length, neighbours, wanted);
    }

    @Override
    public float[] row(int item) {
        double[] products = new double[sources.length];
        pairs.addRow(item, products);
        float[] row = new float[sources.length];
        for (int other = 0; other < row.length; other++) {
            row[other] = (float) (products[other] * sources[item] * targets[other]);
        }
        return row;
    }
}
