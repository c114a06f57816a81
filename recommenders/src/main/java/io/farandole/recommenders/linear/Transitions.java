package io.farandole.recommenders.linear;

import io.farandole.recommenders.model.ItemWeights;
import io.farandole.recommenders.model.ModelSpec;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What comes after what: an item counts for those that the same user turned to next, half as much
 * for each further step, over the geometric mean of how often both were met: first-order rules with
 * decay as of Ludewig and Jannach (UMUAI 2018, "Evaluation of session-based recommendation
 * algorithms": SR), normalised like a cosine.
 */
public final class Transitions implements RowWise {

    private final int[][] users;
    private final int[][] positions;
    private final int[][] inTime;
    private final double[] factors;
    private final int window;

    public Transitions(Signals signals, ModelSpec.Transitions spec) {
        this.inTime = signals.inTime();
        this.factors = signals.itemFactors(spec.items());
        this.window = spec.window();
        int size = signals.itemCount();
        int[] counts = new int[size];
        for (int[] row : inTime) {
            for (int item : row) {
                counts[item]++;
            }
        }
        this.users =
                IntStream.range(0, size).mapToObj(i -> new int[counts[i]]).toArray(int[][]::new);
        this.positions =
                IntStream.range(0, size).mapToObj(i -> new int[counts[i]]).toArray(int[][]::new);
        Arrays.fill(counts, 0);
        for (int user = 0; user < inTime.length; user++) {
            for (int at = 0; at < inTime[user].length; at++) {
                int item = inTime[user][at];
                users[item][counts[item]] = user;
                positions[item][counts[item]++] = at;
            }
        }
    }

    /** The largest of each item. */
    public ItemWeights weights(int keep, IntPredicate wanted) {
        return RowWise.keep(this, factors.length, keep, wanted);
    }

    @Override
    public float[] row(int item) {
        float[] row = new float[factors.length];
        for (int u = 0; u < users[item].length; u++) {
            int[] sequence = inTime[users[item][u]];
            double weight = 1;
            int last = Math.min(sequence.length - 1, positions[item][u] + window);
            for (int at = positions[item][u] + 1; at <= last; at++) {
                row[sequence[at]] += (float) weight;
                weight /= 2;
            }
        }
        for (int other = 0; other < row.length; other++) {
            row[other] *= (float) (factors[item] * factors[other]);
        }
        return row;
    }
}
