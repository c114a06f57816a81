package io.farandole.recommenders.linear;

import io.farandole.recommenders.model.ItemWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Adds models up. Families' scores are of different sizes: each is divided by the standard
 * deviation of its scores over all items, the mean of some users', so that shares mean something.
 */
public final class Blending implements RowWise {

    /** Users of whom the size of scores is taken; they are spread over all. */
    private static final int USERS = 500;

    private final int size;
    private final List<Scoring> parts = new ArrayList<>();
    private final List<Float> factors = new ArrayList<>();
    private @Nullable FactorScores apart;
    private float shareOfApart;

    /**
     * @param shares of the parts, in their order
     */
    public Blending(Signals signals, List<Scoring> parts, double[] shares) {
        this.size = signals.itemCount();
        for (int part = 0; part < shares.length; part++) {
            Scoring one = parts.get(part);
            float factor = (float) (shares[part] / deviation(signals, one));
            if (one instanceof FactorScores scores) {
                // Not by rows; there is one of these at most.
                apart = scores;
                shareOfApart = factor;
            } else {
                this.parts.add(one);
                factors.add(factor);
            }
        }
    }

    public ItemWeights weights() {
        ItemWeights added =
                parts.isEmpty() ? new ItemWeights.None() : RowWise.keep(this, size, Kept.of(size));
        return apart == null ? added : new ItemWeights.Sum(added, apart.factors(), shareOfApart);
    }

    /** Items whose rows a deviation needs. */
    public static BitSet items(Signals signals) {
        BitSet items = new BitSet();
        int users = signals.byUser().items().length;
        int step = Math.max(1, users / USERS);
        for (int i = 0; i < users / step; i++) {
            Arrays.stream(signals.byUser().items()[i * step]).forEach(items::set);
        }
        return items;
    }

    /** The mean deviation of a model's scores; 1 if it has none. */
    public static double deviation(Signals signals, Scoring scoring) {
        int users = signals.byUser().items().length;
        int step = Math.max(1, users / USERS);
        int count = users / step;
        double[] deviations = new double[count];
        for (int from = 0; from < count; from += Scoring.BLOCK) {
            int first = from;
            int[][] pasts = new int[Math.min(Scoring.BLOCK, count - from)][];
            float[][] weights = new float[pasts.length][];
            for (int at = 0; at < pasts.length; at++) {
                pasts[at] = signals.byUser().items()[(first + at) * step];
                weights[at] = signals.byUser().weights()[(first + at) * step];
            }
            Scoring.Block block = scoring.of(pasts, weights);
            IntStream.range(0, pasts.length)
                    .parallel()
                    .forEach(
                            at ->
                                    deviations[first + at] =
                                            deviation(block, at, signals.itemCount()));
        }
        double mean = Arrays.stream(deviations).average().orElse(0);
        return mean > 0 ? mean : 1;
    }

    private static double deviation(Scoring.Block block, int at, int size) {
        float[] row = new float[size];
        block.add(at, 1, row);
        double sum = 0;
        double squares = 0;
        for (float score : row) {
            sum += score;
            squares += (double) score * score;
        }
        double mean = sum / row.length;
        return Math.sqrt(Math.max(0, squares / row.length - mean * mean));
    }

    @Override
    public void prepare(int[] items) {
        parts.forEach(part -> part.prepare(items));
    }

    @Override
    public float[] row(int item) {
        float[] row = new float[size];
        for (int part = 0; part < parts.size(); part++) {
            parts.get(part).add(item, factors.get(part), row);
        }
        return row;
    }
}
