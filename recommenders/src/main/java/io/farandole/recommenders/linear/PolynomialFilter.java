package io.farandole.recommenders.linear;

import io.farandole.recommenders.model.ItemWeights;
import io.farandole.recommenders.model.ModelSpec;
import io.farandole.recommenders.model.SparseRows;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A filter of the graph of items that is a polynomial of it, so that nothing has to be decomposed
 * (Park et al., SIGIR 2024, "Turbo-CF: Matrix decomposition-free graph filtering for fast
 * recommendation"). With M = diag(|u|^−users/2) X diag(|i|^−items) and P the product MᵀM, each of
 * its elements raised to {@code power}, the weights are
 *
 * <pre>
 *   order 1: P    order 2: 2P − P²    order 3: P + (−P³ + 10P² − 29P) / 100
 * </pre>
 *
 * P is divided by its largest eigenvalue before, for these let pass what they are meant to between
 * 0 and 1 alone; the paper leaves that to the choice of the power. In the powers of P beyond the
 * first, each item has its {@link #NEAR} strongest pairs alone, and of few items all.
 */
public final class PolynomialFilter implements RowWise {

    private static final int NEAR = 256;
    private static final int ITERATIONS = 12;

    private final Pairs pairs;
    private final double[] factors;
    private final ModelSpec.Turbo spec;
    private final SparseRows near;
    private final double scale;

    public PolynomialFilter(Signals signals, ModelSpec.Turbo spec) {
        this.pairs = new Pairs(signals, signals.userFactors(spec.users()));
        this.factors = signals.itemFactors(spec.items());
        this.spec = spec;
        this.near = spec.order() == 1 ? none() : near();
        this.scale = spec.order() == 1 ? 1 : 1 / largest(near);
    }

    private SparseRows none() {
        return new SparseRows(new int[factors.length + 1], new int[0], new float[0]);
    }

    private SparseRows near() {
        int[][] columns = new int[factors.length][];
        float[][] values = new float[factors.length][];
        IntStream.range(0, factors.length)
                .parallel()
                .forEach(
                        item -> {
                            float[] row = product(item);
                            columns[item] = Largest.columns(row, -1, NEAR);
                            values[item] = new float[columns[item].length];
                            for (int i = 0; i < values[item].length; i++) {
                                values[item][i] = row[columns[item][i]];
                            }
                        });
        return SparseRows.of(columns, values);
    }

    /** The largest eigenvalue, by power iteration; 1 if there is nothing. */
    private static double largest(SparseRows matrix) {
        double[] vector = new double[matrix.rowCount()];
        Arrays.fill(vector, 1);
        double norm = 1;
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            double[] image = new double[vector.length];
            double squares = 0;
            for (int row = 0; row < image.length; row++) {
                for (int at = matrix.starts()[row]; at < matrix.starts()[row + 1]; at++) {
                    image[row] += matrix.values()[at] * vector[matrix.columns()[at]];
                }
                squares += image[row] * image[row];
            }
            norm = Math.sqrt(squares);
            if (norm == 0) {
                return 1;
            }
            for (int row = 0; row < image.length; row++) {
                vector[row] = image[row] / norm;
            }
        }
        return norm;
    }

    /** The largest of each item. */
    public ItemWeights weights(int keep, IntPredicate wanted) {
        return RowWise.keep(this, factors.length, keep, wanted);
    }

    private float[] product(int item) {
        double[] products = new double[factors.length];
        pairs.addRow(item, products);
        float[] row = new float[products.length];
        for (int other = 0; other < row.length; other++) {
            if (products[other] > 0) {
                double normal = products[other] * factors[item] * factors[other];
                row[other] =
                        (float)
                                (spec.power() == 1
                                        ? normal
                                        : spec.power() == 0.5
                                                ? Math.sqrt(normal)
                                                : StrictMath.pow(normal, spec.power()));
            }
        }
        return row;
    }

    @Override
    public float[] row(int item) {
        float[] first = product(item);
        if (spec.order() == 1) {
            return first;
        }
        for (int other = 0; other < first.length; other++) {
            first[other] *= (float) scale;
        }
        float[] second = times(first);
        float[] third = spec.order() == 3 ? times(second) : second;
        for (int other = 0; other < first.length; other++) {
            first[other] =
                    spec.order() == 2
                            ? 2 * first[other] - second[other]
                            : 0.71f * first[other] + 0.1f * second[other] - 0.01f * third[other];
        }
        return first;
    }

    /** A row times the scaled matrix, of what is strongest in the row. */
    private float[] times(float[] row) {
        float[] product = new float[row.length];
        for (int item : Largest.columns(row, -1, NEAR)) {
            float weight = row[item] * (float) scale;
            for (int at = near.starts()[item]; at < near.starts()[item + 1]; at++) {
                product[near.columns()[at]] += weight * near.values()[at];
            }
        }
        return product;
    }
}
