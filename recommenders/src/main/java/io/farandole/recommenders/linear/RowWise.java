package io.farandole.recommenders.linear;

import io.farandole.recommenders.model.ItemWeights;
import io.farandole.recommenders.model.SparseRows;
import java.util.stream.IntStream;

/** Item-item weights that are made row by row, and kept dense or sparse. */
interface RowWise {

    /** Rows for which something is prepared together. */
    int BLOCK = 512;

    /** Is called before the rows of these items, from one thread. */
    default void prepare(int from, int end) {}

    /**
     * Makes an item's row; what is on the diagonal does not matter. For several threads at once.
     */
    float[] row(int item);

    /**
     * Keeps all of it, or of each row only the largest.
     *
     * @param keep how many a row at most; dense if there are no more items than that
     */
    static ItemWeights keep(RowWise made, int size, int keep) {
        boolean dense = keep >= size;
        int[][] columns = new int[size][];
        float[][] values = new float[size][];
        for (int from = 0; from < size; from += BLOCK) {
            int end = Math.min(from + BLOCK, size);
            made.prepare(from, end);
            // Rows do not depend on each other, so that the number of threads does not matter.
            IntStream.range(from, end)
                    .parallel()
                    .forEach(
                            item -> {
                                float[] row = made.row(item);
                                row[item] = 0;
                                if (dense) {
                                    values[item] = row;
                                } else {
                                    largest(item, row, keep, columns, values);
                                }
                            });
        }
        return dense
                ? new ItemWeights.Dense(IntStream.range(0, size).toArray(), values)
                : new ItemWeights.Sparse(SparseRows.of(columns, values));
    }

    private static void largest(
            int item, float[] row, int keep, int[][] columns, float[][] values) {
        int[] kept = Largest.columns(row, item, keep);
        float[] weights = new float[kept.length];
        for (int i = 0; i < kept.length; i++) {
            weights[i] = row[kept[i]];
        }
        columns[item] = kept;
        values[item] = weights;
    }
}
