package io.farandole.recommenders.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Every item's score for one user. Not for several threads at once. */
public final class Folded {

    /** Bounds what is kept for explaining, should somebody ask for a list of everything. */
    private static final int AT_ONCE = 256;

    private final TrainedModel model;
    private final int[] past;
    private final float[] weightOfPast;
    private final boolean[] met;
    private final float[] scores;
    private final int known;

    private Folded(TrainedModel model, int[] past, float[] weightOfPast) {
        this.model = model;
        this.past = past;
        this.weightOfPast = weightOfPast;
        this.met = new boolean[model.ids().length];
        this.scores = model.prior().clone();
        for (int item : past) {
            met[item] = true;
        }
        this.known = add(model.weights());
    }

    private int add(ItemWeights weights) {
        return switch (weights) {
            case ItemWeights.None() -> 0;
            case ItemWeights.Dense dense -> add(dense);
            case ItemWeights.Factored(Factors factors) -> add(factors, 1);
            case ItemWeights.Sparse(SparseRows rows) -> add(rows);
            case ItemWeights.Sum(ItemWeights others, Factors factors, float share) ->
                    Math.max(add(others), add(factors, share));
        };
    }

    static Folded of(TrainedModel model, Map<String, Double> history, boolean inOrder) {
        Past past = Past.of(model, history, inOrder);
        return new Folded(model, past.items(), past.weights());
    }

    /** How many of the past items the scores were learnt from; 0 where popularity alone speaks. */
    public int known() {
        return known;
    }

    /**
     * An item's score.
     *
     * @throws IllegalArgumentException if the model does not know it
     */
    public double score(String item) {
        int number = model.number(item);
        if (number < 0) {
            throw new IllegalArgumentException("the model does not know " + item);
        }
        return scores[number];
    }

    /** The best items that are not in the history. */
    public List<Scored> best(int k) {
        return best(k, _ -> true);
    }

    /**
     * The best items that are allowed and not in the history, the best first; of equals the one
     * with the smaller id is first.
     *
     * @param allowed asked only of items whose score would do
     */
    public List<Scored> best(int k, Predicate<String> allowed) {
        Best best = select(k, allowed);
        int[] items = new int[best.size()];
        int[] next = {0};
        best.forEachBestFirst((item, _) -> items[next[0]++] = item);
        List<Scored> found = new ArrayList<>(items.length);
        for (int from = 0; from < items.length; from += AT_ONCE) {
            explain(Arrays.copyOfRange(items, from, Math.min(from + AT_ONCE, items.length)), found);
        }
        return found;
    }

    private void explain(int[] items, List<Scored> found) {
        Reasons reasons = new Reasons(items.length, past.length);
        if (known > 0) {
            addUp(reasons, items);
        }
        for (int place = 0; place < items.length; place++) {
            found.add(
                    new Scored(
                            model.ids()[items[place]],
                            scores[items[place]],
                            reasons.strongest(place, past, model.ids())));
        }
    }

    /** The ids of {@link #best(int)} alone, which costs less. */
    public List<String> bestItems(int k) {
        Best best = select(k, _ -> true);
        List<String> found = new ArrayList<>(best.size());
        best.forEachBestFirst((item, _) -> found.add(model.ids()[item]));
        return found;
    }

    private Best select(int k, Predicate<String> allowed) {
        Best best = new Best(Math.clamp(k, 0, scores.length));
        for (int item = 0; item < scores.length; item++) {
            if (best.takes(scores[item]) && !met[item] && allowed.test(model.ids()[item])) {
                best.offer(item, scores[item]);
            }
        }
        return best;
    }

    private int add(ItemWeights.Dense dense) {
        int[] items = dense.items();
        float[][] rows = new float[past.length][];
        float[] weights = new float[past.length];
        int found = 0;
        for (int i = 0; i < past.length; i++) {
            int row = model.denseRow(past[i]);
            if (row >= 0 && weightOfPast[i] != 0) {
                rows[found] = dense.rows()[row];
                weights[found++] = weightOfPast[i];
            }
        }
        float[] sums = new float[items.length];
        int done = 0;
        for (; done + 4 <= found; done += 4) {
            addFour(sums, rows, weights, done);
        }
        for (; done < found; done++) {
            addOne(sums, rows[done], weights[done]);
        }
        for (int place = 0; place < items.length; place++) {
            scores[items[place]] += sums[place];
        }
        return found;
    }

    // Two small methods, so that the compiler vectorises them; four rows at a time, so that the
    // sums
    // are read and written a quarter as often.
    private static void addFour(float[] sums, float[][] rows, float[] weights, int from) {
        float[] a = rows[from];
        float[] b = rows[from + 1];
        float[] c = rows[from + 2];
        float[] d = rows[from + 3];
        float ofA = weights[from];
        float ofB = weights[from + 1];
        float ofC = weights[from + 2];
        float ofD = weights[from + 3];
        for (int i = 0; i < sums.length; i++) {
            sums[i] += ofA * a[i] + ofB * b[i] + ofC * c[i] + ofD * d[i];
        }
    }

    private static void addOne(float[] sums, float[] row, float weight) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += weight * row[i];
        }
    }

    private int add(Factors factors, float share) {
        int found = 0;
        for (int i = 0; i < past.length; i++) {
            found += weightOfPast[i] > 0 && factors.isKnown(past[i]) ? 1 : 0;
        }
        if (found > 0) {
            float[] user = factors.folded(past, weightOfPast);
            for (int item = 0; item < scores.length; item++) {
                scores[item] += share * factors.product(user, item);
            }
        }
        return found;
    }

    private int add(SparseRows rows) {
        int found = 0;
        for (int i = 0; i < past.length; i++) {
            int start = rows.starts()[past[i]];
            int end = rows.starts()[past[i] + 1];
            if (start == end || weightOfPast[i] == 0) {
                continue;
            }
            for (int at = start; at < end; at++) {
                scores[rows.columns()[at]] += weightOfPast[i] * rows.values()[at];
            }
            found++;
        }
        return found;
    }

    private void addUp(Reasons reasons, int[] items) {
        switch (model.weights()) {
            case ItemWeights.Factored(Factors factors) -> addUp(reasons, items, factors, 1);
            case ItemWeights.Sum(ItemWeights others, Factors factors, float share) -> {
                addUp(reasons, items, others);
                addUp(reasons, items, factors, share);
            }
            case ItemWeights others -> addUp(reasons, items, others);
        }
    }

    private void addUp(Reasons reasons, int[] items, Factors factors, float share) {
        float[][] parts = factors.contributions(past, weightOfPast, items);
        for (int place = 0; place < items.length; place++) {
            for (int i = 0; i < past.length; i++) {
                reasons.add(place, i, share * parts[place][i]);
            }
        }
    }

    /** Past item by past item, as the weights lie in memory. */
    private void addUp(Reasons reasons, int[] items, ItemWeights weights) {
        for (int i = 0; i < past.length; i++) {
            if (weightOfPast[i] == 0) {
                continue;
            }
            switch (weights) {
                case ItemWeights.None(), ItemWeights.Factored(_), ItemWeights.Sum _ -> {}
                case ItemWeights.Dense dense -> {
                    int row = model.denseRow(past[i]);
                    for (int place = 0; row >= 0 && place < items.length; place++) {
                        int column = model.denseRow(items[place]);
                        if (column >= 0) {
                            reasons.add(place, i, weightOfPast[i] * dense.rows()[row][column]);
                        }
                    }
                }
                case ItemWeights.Sparse(SparseRows rows) -> {
                    for (int place = 0; place < items.length; place++) {
                        reasons.add(place, i, weightOfPast[i] * rows.at(past[i], items[place]));
                    }
                }
            }
        }
    }
}
