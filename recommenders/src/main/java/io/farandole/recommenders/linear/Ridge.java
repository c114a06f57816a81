package io.farandole.recommenders.linear;

import io.farandole.recommenders.model.ItemWeights;
import io.farandole.recommenders.model.ModelSpec;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * EASE in closed form (Steck 2019): with P = (XᵀWX + Λ)⁻¹, the weight from item i to item j is
 * −P(i,j) / P(j,j), and 0 on the diagonal; X is users × items, W = diag(|u|^−users) weighs the
 * users.
 *
 * <p>Λ(i,i) = λ w (d(i) / mean d)^spread, w being what an act weighs in the mean, d the diagonal of
 * XᵀX: with a spread of 1 it is the regularisation of the denoising autoencoder (Steck 2020,
 * "Autoencoders that don't overfit towards the identity"). A tilt multiplies the weight by (d(i) /
 * d(j))^tilt, as the item normalisation of Park et al. (SIGIR 2025, "Why is normalization necessary
 * for linear recommenders?") does.
 */
public final class Ridge {

    /** Is told each step. */
    @FunctionalInterface
    public interface Steps {
        void at(String step, long done, long all);
    }

    private static final int STEPS = 3;
    private static final int TILE = 64;

    private final Signals signals;
    private final ModelSpec.Ease spec;
    private final Pairs pairs;
    private final double[] degrees;
    private final double mean;
    private final double unit;

    public Ridge(Signals signals, ModelSpec.Ease spec) {
        this.signals = signals;
        this.spec = spec;
        this.pairs = new Pairs(signals, signals.userFactors(spec.users()));
        this.degrees = signals.byItem().sums();
        this.mean = Arrays.stream(degrees).filter(d -> d > 0).average().orElse(1);
        this.unit = unit(signals, signals.userFactors(spec.users()));
    }

    /**
     * Between all pairs of some items.
     *
     * @param items ascending
     */
    public ItemWeights.Dense among(int[] items, Steps steps) {
        String size = String.format(Locale.ROOT, "%,d x %,d", items.length, items.length);
        try (SymmetricMatrix matrix = new SymmetricMatrix(items.length)) {
            steps.at("counting pairs, " + size, 0, STEPS);
            // Each row is added up in the users' order, so that the number of threads does not
            // matter.
            IntStream.range(0, items.length).parallel().forEach(i -> count(i, items, matrix));
            steps.at("inverting, " + size, 1, STEPS);
            matrix.invert();
            steps.at("weighing, " + size, 2, STEPS);
            float[][] rows = weights(matrix, items);
            steps.at("weighing, " + size, STEPS, STEPS);
            return new ItemWeights.Dense(items, rows);
        }
    }

    private void count(int row, int[] items, SymmetricMatrix matrix) {
        double[] products = new double[signals.itemCount()];
        pairs.addRow(items[row], products);
        for (int column = 0; column < row; column++) {
            matrix.set(row, column, (float) products[items[column]]);
        }
        matrix.set(row, row, (float) (products[items[row]] + lambda(items[row])));
    }

    private float[][] weights(SymmetricMatrix inverse, int[] items) {
        int size = inverse.size();
        double[] tilts = Arrays.stream(items).mapToDouble(this::tilt).toArray();
        float[] diagonal = new float[size];
        for (int i = 0; i < size; i++) {
            diagonal[i] = inverse.get(i, i);
        }
        float[][] rows = new float[size][size];
        // Tile by tile: only one triangle is there, and down its columns each step would be a miss
        // of the cache.
        IntStream.range(0, (size + TILE - 1) / TILE)
                .parallel()
                .map(tile -> tile * TILE)
                .forEach(
                        top -> {
                            for (int left = 0; left <= top; left += TILE) {
                                weigh(inverse, diagonal, tilts, top, left, rows);
                            }
                        });
        return rows;
    }

    /** Both halves of what is left of the diagonal in one tile. */
    private static void weigh(
            SymmetricMatrix inverse,
            float[] diagonal,
            double[] tilts,
            int top,
            int left,
            float[][] rows) {
        for (int i = top; i < Math.min(top + TILE, rows.length); i++) {
            for (int j = left; j < Math.min(left + TILE, i); j++) {
                float entry = inverse.get(i, j);
                rows[i][j] = weight(entry, diagonal[j], tilts[i] / tilts[j]);
                rows[j][i] = weight(entry, diagonal[i], tilts[j] / tilts[i]);
            }
        }
    }

    private static float weight(float entry, float diagonal, double tilt) {
        return (float) (-entry / (double) diagonal * tilt);
    }

    /**
     * To each item from its nearest alone, as {@link NearRidge} finds them, but between all pairs
     * of some items.
     *
     * @param whole those items, ascending
     */
    public ItemWeights amongNearest(int[] whole, Steps steps) {
        int size = signals.itemCount();
        steps.at("solving for neighbours", 0, 1);
        Scores near =
                new Scores(
                        new NearRidge(signals, spec, this, pairs)
                                .weights(item -> Arrays.binarySearch(whole, item) < 0),
                        size);
        if (whole.length == 0) {
            return near.weights();
        }
        Scores among = new Scores(among(whole, steps), size);
        steps.at("putting together", 0, 1);
        return RowWise.keep(
                item -> {
                    float[] row = new float[size];
                    near.add(item, 1, row);
                    among.add(item, 1, row);
                    return row;
                },
                size,
                Kept.of(size));
    }

    double lambda(int item) {
        return spec.spread() == 0
                ? spec.lambda() * unit
                : spec.lambda()
                        * unit
                        * StrictMath.pow(Math.max(degrees[item], 1) / mean, spec.spread());
    }

    /** What an act weighs in the mean, so that a λ is of acts, however users are weighed. */
    private static double unit(Signals signals, double[] userWeights) {
        double[] sums = signals.byUser().sums();
        double all = 0;
        double weighed = 0;
        for (int user = 0; user < sums.length; user++) {
            all += sums[user];
            weighed += sums[user] * userWeights[user];
        }
        return all > 0 ? weighed / all : 1;
    }

    double tilt(int item) {
        return spec.tilt() == 0 ? 1 : StrictMath.pow(Math.max(degrees[item], 1), spec.tilt());
    }
}
