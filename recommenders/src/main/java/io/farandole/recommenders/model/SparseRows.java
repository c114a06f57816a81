package io.farandole.recommenders.model;

/**
 * A sparse matrix by rows.
 *
 * @param starts where each row starts in the two others; one more than there are rows
 * @param columns the columns that are there
 * @param values what stands in them
 */
@SuppressWarnings(
        "ArrayRecordComponent") // matrices are never compared, and copying them would cost
public record SparseRows(int[] starts, int[] columns, float[] values) {

    public SparseRows {
        if (columns.length != values.length || starts[starts.length - 1] != values.length) {
            throw new IllegalArgumentException(
                    columns.length
                            + " columns, "
                            + values.length
                            + " values, the last row ends at "
                            + starts[starts.length - 1]);
        }
    }

    /** Of rows that were made one by one. */
    public static SparseRows of(int[][] columns, float[][] values) {
        int[] starts = new int[columns.length + 1];
        for (int row = 0; row < columns.length; row++) {
            starts[row + 1] = Math.addExact(starts[row], columns[row].length);
        }
        int[] all = new int[starts[columns.length]];
        float[] weights = new float[all.length];
        for (int row = 0; row < columns.length; row++) {
            System.arraycopy(columns[row], 0, all, starts[row], columns[row].length);
            System.arraycopy(values[row], 0, weights, starts[row], columns[row].length);
        }
        return new SparseRows(starts, all, weights);
    }

    public int rowCount() {
        return starts.length - 1;
    }

    /** 0 where nothing stands; columns may be in any order. */
    public float at(int row, int column) {
        for (int at = starts[row]; at < starts[row + 1]; at++) {
            if (columns[at] == column) {
                return values[at];
            }
        }
        return 0;
    }

    /** Rows and columns exchanged; within a row columns ascend. */
    public SparseRows transposed(int columnCount) {
        int[] ends = new int[columnCount + 1];
        for (int column : columns) {
            ends[column + 1]++;
        }
        for (int column = 0; column < columnCount; column++) {
            ends[column + 1] += ends[column];
        }
        int[] next = ends.clone();
        int[] rows = new int[columns.length];
        float[] transposed = new float[values.length];
        for (int row = 0; row < rowCount(); row++) {
            for (int at = starts[row]; at < starts[row + 1]; at++) {
                int place = next[columns[at]]++;
                rows[place] = row;
                transposed[place] = values[at];
            }
        }
        return new SparseRows(ends, rows, transposed);
    }
}
