package io.farandole.benchmarks.training;

import io.farandole.recommenders.linear.Signals;
import io.farandole.recommenders.linear.WeightedRows;
import java.util.Arrays;

/** Likes as models learn from them: each counts 1. */
final class Signal {

    private Signal() {}

    static Signals of(Likes likes) {
        return Signals.of(
                new WeightedRows(likes.items(), likes.known(), ones(likes.known())), likes.known());
    }

    static float[][] ones(int[][] rows) {
        float[][] ones = new float[rows.length][];
        Arrays.setAll(
                ones,
                row -> {
                    float[] of = new float[rows[row].length];
                    Arrays.fill(of, 1);
                    return of;
                });
        return ones;
    }
}
