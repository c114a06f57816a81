package io.farandole.recommenders.linear;

import java.util.Arrays;

/**
 * A users × items matrix by rows.
 *
 * @param columns how many items there are
 * @param items of each row, ascending
 * @param weights of each row's items
 */
@SuppressWarnings(
        "ArrayRecordComponent") // matrices are never compared, and copying them would cost
public record WeightedRows(int columns, int[][] items, float[][] weights) {

    /** The same by columns: for each item its users and their weights. */
    public WeightedRows transposed() {
        int[] sizes = new int[columns];
        for (int[] row : items) {
            for (int item : row) {
                sizes[item]++;
            }
        }
        int[][] users = new int[columns][];
        float[][] transposed = new float[columns][];
        for (int item = 0; item < columns; item++) {
            users[item] = new int[sizes[item]];
            transposed[item] = new float[sizes[item]];
        }
        Arrays.fill(sizes, 0);
        for (int user = 0; user < items.length; user++) {
            for (int i = 0; i < items[user].length; i++) {
                int item = items[user][i];
                users[item][sizes[item]] = user;
                transposed[item][sizes[item]++] = weights[user][i];
            }
        }
        return new WeightedRows(items.length, users, transposed);
    }

    /** The sum of each row. */
    double[] sums() {
        double[] sums = new double[items.length];
        for (int row = 0; row < sums.length; row++) {
            for (float weight : weights[row]) {
                sums[row] += weight;
            }
        }
        return sums;
    }

    /** Sums of products of pairs: how long counting them takes. */
    public long pairs() {
        long pairs = 0;
        for (int[] row : items) {
            pairs += (long) row.length * row.length;
        }
        return pairs;
    }
}
