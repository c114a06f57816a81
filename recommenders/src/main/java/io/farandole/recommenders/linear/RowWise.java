package io.farandole.recommenders.linear;

import io.farandole.recommenders.model.ItemWeights;
import io.farandole.recommenders.model.SparseRows;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Item-item weights that are made row by row, and kept dense or sparse. */
public interface RowWise {

    /** Rows for which something is prepared together. */
    int BLOCK = 512;

    /**
     * Is called before the rows of these items, from one thread.
     *
     * @param items ascending
     */
    default void prepare(int[] items) {}

    /**
     * Makes an item's row; what is on the diagonal does not matter. For several threads at once.
     */
    float[] row(int item);

    /** All rows. */
    static ItemWeights keep(RowWise made, int size, int keep) {
        return keep(made, size, keep, _ -> true);
    }

    /**
     * Keeps all of it, or of each row only the largest.
     *
     * @param keep how many a row at most; dense if there are no more items than that
     * @param wanted the other rows are 0
     */
    static ItemWeights keep(RowWise made, int size, int keep, IntPredicate wanted) {
        boolean dense = keep >= size;
        int[][] columns = new int[size][];
        float[][] values = new float[size][];
        Arrays.fill(columns, new int[0]);
        Arrays.fill(values, dense ? new float[size] : new float[0]);
        int[] items = IntStream.range(0, size).filter(wanted).toArray();
        for (int from = 0; from < items.length; from += BLOCK) {
            int[] block = Arrays.copyOfRange(items, from, Math.min(from + BLOCK, items.length));
            made.prepare(block);
            // Rows do not depend on each other, so that the number of threads does not matter.
            Arrays.stream(block)
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
