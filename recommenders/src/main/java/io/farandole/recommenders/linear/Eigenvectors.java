package io.farandole.recommenders.linear;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bytedeco.openblas.global.openblas;

/**
 * The eigenvectors of MᵀM with the largest eigenvalues, that is M's first right singular vectors,
 * by subspace iteration from random vectors (Halko, Martinsson and Tropp 2011, "Finding structure
 * with randomness", section 4.4); M = diag(user factors) X diag(item factors), sparse.
 */
final class Eigenvectors {

    /** For filters; the last vectors matter least and are the least exact. */
    private static final int ITERATIONS = 6;

    private static final double OVERSAMPLED = 1.15;

    private final WeightedRows byUser;
    private final WeightedRows byItem;
    private final double[] userFactors;
    private final double[] itemFactors;

    Eigenvectors(Signals signals, double[] userFactors, double[] itemFactors) {
        this.byUser = signals.byUser();
        this.byItem = signals.byItem();
        this.userFactors = userFactors;
        this.itemFactors = itemFactors;
    }

    Spectrum first(int rank, long seed) {
        int items = byItem.items().length;
        int width =
                Math.min(items, Math.min(byUser.items().length, (int) (rank * OVERSAMPLED) + 8));
        SplittableRandom random = new SplittableRandom(seed);
        float[] vectors = new float[items * width];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = (float) random.nextGaussian();
        }
        float[] half = new float[byUser.items().length * width];
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            multiply(byUser, userFactors, vectors, itemFactors, half, width);
            multiply(byItem, itemFactors, half, userFactors, vectors, width);
            orthonormalise(vectors, items, width);
        }
        orthonormalise(vectors, items, width);
        multiply(byUser, userFactors, vectors, itemFactors, half, width);
        return rotated(vectors, half, items, width, Math.min(rank, width));
    }

    /**
     * MᵀM times some columns.
     *
     * @param columns [item · width + column]
     */
    float[] times(float[] columns, int width) {
        float[] half = new float[byUser.items().length * width];
        multiply(byUser, userFactors, columns, itemFactors, half, width);
        float[] product = new float[columns.length];
        multiply(byItem, itemFactors, half, userFactors, product, width);
        return product;
    }

    /** Rows of target = rowFactors · matrix · columnFactors · source. */
    private static void multiply(
            WeightedRows matrix,
            double[] rowFactors,
            float[] source,
            double[] columnFactors,
            float[] target,
            int width) {
        IntStream.range(0, matrix.items().length)
                .parallel()
                .forEach(
                        row -> {
                            int to = row * width;
                            Arrays.fill(target, to, to + width, 0);
                            int[] columns = matrix.items()[row];
                            float[] weights = matrix.weights()[row];
                            for (int i = 0; i < columns.length; i++) {
                                add(
                                        target,
                                        to,
                                        source,
                                        columns[i] * width,
                                        (float)
                                                (weights[i]
                                                        * rowFactors[row]
                                                        * columnFactors[columns[i]]),
                                        width);
                            }
                        });
    }

    private static void add(
            float[] target, int to, float[] source, int from, float factor, int width) {
        for (int i = 0; i < width; i++) {
            target[to + i] += factor * source[from + i];
        }
    }

    /** By the Cholesky factor of the vectors' products: Y ← Y R⁻¹, with RᵀR = YᵀY. */
    private static void orthonormalise(float[] vectors, int rows, int width) {
        float[] products = products(vectors, rows, width);
        float largest = 0;
        for (int i = 0; i < width; i++) {
            largest = Math.max(largest, products[i * width + i]);
        }
        for (int i = 0; i < width; i++) {
            // What vectors depend on each other is left to chance, not to a failure.
            products[i * width + i] += largest * 1e-6f + Float.MIN_NORMAL;
        }
        int status =
                openblas.LAPACKE_spotrf(
                        openblas.LAPACK_ROW_MAJOR, (byte) 'U', width, products, width);
        if (status != 0) {
            throw new IllegalStateException("no Cholesky factor, LAPACK says " + status);
        }
        openblas.cblas_strsm(
                openblas.CblasRowMajor,
                openblas.CblasRight,
                openblas.CblasUpper,
                openblas.CblasNoTrans,
                openblas.CblasNonUnit,
                rows,
                width,
                1,
                products,
                width,
                vectors,
                width);
    }

    private static float[] products(float[] vectors, int rows, int width) {
        float[] products = new float[width * width];
        openblas.cblas_sgemm(
                openblas.CblasRowMajor,
                openblas.CblasTrans,
                openblas.CblasNoTrans,
                width,
                width,
                rows,
                1,
                vectors,
                width,
                vectors,
                width,
                0,
                products,
                width);
        return products;
    }

    /** Rayleigh and Ritz: turns the vectors so that each is an eigenvector as far as they go. */
    private static Spectrum rotated(
            float[] vectors, float[] images, int items, int width, int rank) {
        float[] turning = products(images, images.length / width, width);
        float[] values = new float[width];
        int status =
                openblas.LAPACKE_ssyevd(
                        openblas.LAPACK_ROW_MAJOR,
                        (byte) 'V',
                        (byte) 'U',
                        width,
                        turning,
                        width,
                        values);
        if (status != 0) {
            throw new IllegalStateException("no eigenvectors, LAPACK says " + status);
        }
        // They come with the smallest first.
        float[] best = new float[width * rank];
        for (int row = 0; row < width; row++) {
            for (int vector = 0; vector < rank; vector++) {
                best[row * rank + vector] = turning[row * width + width - 1 - vector];
            }
        }
        float[] rotated = new float[items * rank];
        openblas.cblas_sgemm(
                openblas.CblasRowMajor,
                openblas.CblasNoTrans,
                openblas.CblasNoTrans,
                items,
                rank,
                width,
                1,
                vectors,
                width,
                best,
                rank,
                0,
                rotated,
                rank);
        float[] largest = new float[rank];
        for (int vector = 0; vector < rank; vector++) {
            largest[vector] = values[width - 1 - vector];
        }
        return new Spectrum(rotated, largest, rank);
    }
}
