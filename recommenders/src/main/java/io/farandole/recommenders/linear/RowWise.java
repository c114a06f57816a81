package io.farandole.recommenders.linear;

import io.farandole.recommenders.model.Best;
import io.farandole.recommenders.model.ItemWeights;
import io.farandole.recommenders.model.SparseRows;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Item-item weights that are made block of rows by block of rows, and kept dense or sparse. */
interface RowWise {

    /** Few items at a time, so that what is made of them is small. */
    int BLOCK = 256;

    /**
     * Makes the rows of some items, [item − from][to]; what is on the diagonal does not matter. For
     * several threads at once.
     */
    float[][] rows(int from, int end);

    /**
     * Keeps all of it, or of each row only the largest.
     *
     * @param keep how many a row at most; dense if there are no more items than that
     */
    static ItemWeights keep(RowWise made, int size, int keep) {
        return keep >= size ? dense(made, size) : sparse(made, size, keep);
    }

    private static ItemWeights dense(RowWise made, int size) {
        float[][] all = new float[size][];
        blocks(size)
                .forEach(
                        from -> {
                            int end = Math.min(from + BLOCK, size);
                            float[][] rows = made.rows(from, end);
                            for (int item = from; item < end; item++) {
                                all[item] = rows[item - from];
                                all[item][item] = 0;
                            }
                        });
        return new ItemWeights.Dense(IntStream.range(0, size).toArray(), all);
    }

    private static ItemWeights sparse(RowWise made, int size, int keep) {
        int[][] columns = new int[size][];
        float[][] values = new float[size][];
        blocks(size)
                .forEach(
                        from -> {
                            int end = Math.min(from + BLOCK, size);
                            float[][] rows = made.rows(from, end);
                            for (int item = from; item < end; item++) {
                                largest(item, rows[item - from], keep, columns, values);
                            }
                        });
        return new ItemWeights.Sparse(SparseRows.of(columns, values));
    }

    private static IntStream blocks(int size) {
        // Rows do not depend on each other, so that the number of threads does not matter.
        return IntStream.range(0, Math.ceilDiv(size, BLOCK)).map(b -> b * BLOCK).parallel();
    }

    private static void largest(
            int item, float[] row, int keep, int[][] columns, float[][] values) {
        Best best = new Best(keep);
        for (int other = 0; other < row.length; other++) {
            if (row[other] != 0 && other != item) {
                best.offer(other, row[other]);
            }
        }
        int[] kept = new int[best.size()];
        int[] next = {0};
        best.forEachBestFirst((other, _) -> kept[next[0]++] = other);
        Arrays.sort(kept);
        float[] weights = new float[kept.length];
        for (int i = 0; i < kept.length; i++) {
            weights[i] = row[kept[i]];
        }
        columns[item] = kept;
        values[item] = weights;
    }
}
