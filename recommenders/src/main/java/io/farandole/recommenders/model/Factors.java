package io.farandole.recommenders.model;

import java.util.Arrays;

/**
 * Factors of one side, say of the items, with which somebody of the other side is folded in: with H
 * the factors by rows, c what was met and how much it counts, and n the sum of c, the solution w of
 *
 * <pre>
 *   (Σ c hhᵀ + α HᵀH + λ (n + α |H|) I) w = Σ c h
 * </pre>
 *
 * as of implicit ALS (Hu et al. 2008) with the regularisation by frequency of Rendle et al. (RecSys
 * 2022, "Revisiting the performance of iALS on item recommendation benchmarks", ν = 1). Immutable.
 */
public final class Factors {

    private static final int PORTION = 2048;

    private final float[] rows;
    private final int rank;
    private final double alpha;
    private final double lambda;

    /** HᵀH by rows, the lower triangle. */
    private final float[][] gramian;

    /**
     * @param rows [row · rank + factor]
     * @param alpha how much what was not met counts, where what was met counts 1
     * @param lambda of the regularisation
     */
    public Factors(float[] rows, int rank, double alpha, double lambda) {
        if (rank < 1 || rows.length % rank != 0) {
            throw new IllegalArgumentException(rows.length + " factors are no rows of " + rank);
        }
        this.rows = rows;
        this.rank = rank;
        // As they are kept in a file, so that a model that was read answers like the one written.
        this.alpha = (float) alpha;
        this.lambda = (float) lambda;
        this.gramian = gramian(rows, rank);
    }

    /** In portions that are added up in order, so that the number of threads does not matter. */
    private static float[][] gramian(float[] rows, int rank) {
        int portion = PORTION * rank;
        double[][][] portions = new double[(rows.length + portion - 1) / portion][][];
        Arrays.parallelSetAll(
                portions,
                at ->
                        products(
                                rows,
                                rank,
                                at * portion,
                                Math.min(rows.length, (at + 1) * portion)));
        float[][] gramian = new float[rank][];
        for (int i = 0; i < rank; i++) {
            gramian[i] = new float[i + 1];
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (double[][] sums : portions) {
                    sum += sums[i][j];
                }
                gramian[i][j] = (float) sum;
            }
        }
        return gramian;
    }

    private static double[][] products(float[] rows, int rank, int from, int to) {
        double[][] sums = new double[rank][];
        for (int i = 0; i < rank; i++) {
            sums[i] = new double[i + 1];
        }
        for (int start = from; start < to; start += rank) {
            for (int i = 0; i < rank; i++) {
                double factor = rows[start + i];
                double[] row = sums[i];
                for (int j = 0; j < row.length; j++) {
                    row[j] += factor * rows[start + j];
                }
            }
        }
        return sums;
    }

    /** The same with other rows, of as many factors. */
    public Factors withRows(float[] others) {
        return new Factors(others, rank, alpha, lambda);
    }

    public int rank() {
        return rank;
    }

    public int count() {
        return rows.length / rank;
    }

    /** Whether a row is not 0, as that of whom nothing is known. */
    boolean isKnown(int row) {
        for (int at = row * rank; at < (row + 1) * rank; at++) {
            if (rows[at] != 0) {
                return true;
            }
        }
        return false;
    }

    /** [row · rank + factor]; not a copy. */
    public float[] rows() {
        return rows;
    }

    /** α HᵀH by rows, the lower triangle, [row · rank + column]. */
    public float[] weightedGramian() {
        float[] weighted = new float[rank * rank];
        for (int i = 0; i < rank; i++) {
            for (int j = 0; j <= i; j++) {
                weighted[i * rank + j] = (float) (alpha * gramian[i][j]);
            }
        }
        return weighted;
    }

    /**
     * λ (n + α |H|).
     *
     * @param count n, the sum of what counts
     */
    public float regularisation(double count) {
        return (float) (lambda * (alpha * count() + count));
    }

    double alpha() {
        return alpha;
    }

    double lambda() {
        return lambda;
    }

    /**
     * Somebody's factors; all 0 for whom nothing is known.
     *
     * @param met rows
     * @param counts how much each counts; what is not above 0 is passed over
     */
    public float[] folded(int[] met, float[] counts) {
        float[] solution = new float[rank];
        float[][] system = system(met, counts);
        for (int at = 0; at < met.length; at++) {
            if (counts[at] > 0) {
                for (int i = 0; i < rank; i++) {
                    solution[i] += counts[at] * rows[met[at] * rank + i];
                }
            }
        }
        Cholesky.solve(system, solution);
        return solution;
    }

    /**
     * What each of those adds to some rows' scores, which are linear in them once the system stands
     * (Hu et al. 2008, section 5).
     *
     * @return [row][met]
     */
    float[][] contributions(int[] met, float[] counts, int[] some) {
        float[][] system = system(met, counts);
        float[][] parts = new float[some.length][met.length];
        for (int i = 0; i < some.length; i++) {
            float[] toward = Arrays.copyOfRange(rows, some[i] * rank, (some[i] + 1) * rank);
            Cholesky.solve(
                    Arrays.stream(system).map(float[]::clone).toArray(float[][]::new), toward);
            for (int at = 0; at < met.length; at++) {
                parts[i][at] = counts[at] > 0 ? counts[at] * product(toward, met[at]) : 0;
            }
        }
        return parts;
    }

    /** A row's score for somebody. */
    public float product(float[] factors, int row) {
        int start = row * rank;
        // Eight sums, which do not wait for each other.
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        float e = 0;
        float f = 0;
        float g = 0;
        float h = 0;
        int i = 0;
        for (; i + 8 <= rank; i += 8) {
            a += factors[i] * rows[start + i];
            b += factors[i + 1] * rows[start + i + 1];
            c += factors[i + 2] * rows[start + i + 2];
            d += factors[i + 3] * rows[start + i + 3];
            e += factors[i + 4] * rows[start + i + 4];
            f += factors[i + 5] * rows[start + i + 5];
            g += factors[i + 6] * rows[start + i + 6];
            h += factors[i + 7] * rows[start + i + 7];
        }
        for (; i < rank; i++) {
            a += factors[i] * rows[start + i];
        }
        return a + b + (c + d) + (e + f + (g + h));
    }

    private float[][] system(int[] met, float[] counts) {
        float[][] system = new float[rank][rank];
        for (int i = 0; i < rank; i++) {
            for (int j = 0; j <= i; j++) {
                system[i][j] = (float) (alpha * gramian[i][j]);
            }
        }
        double count = 0;
        float[] row = new float[rank];
        for (int at = 0; at < met.length; at++) {
            if (counts[at] > 0) {
                count += counts[at];
                System.arraycopy(rows, met[at] * rank, row, 0, rank);
                for (int i = 0; i < rank; i++) {
                    add(system[i], row, counts[at] * row[i], i + 1);
                }
            }
        }
        for (int i = 0; i < rank; i++) {
            system[i][i] += regularisation(count);
        }
        return system;
    }

    // Small, so that the compiler vectorises it.
    private static void add(float[] to, float[] row, float factor, int end) {
        for (int j = 0; j < end; j++) {
            to[j] += factor * row[j];
        }
    }
}
