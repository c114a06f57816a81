package io.farandole.recommenders.model;

import io.farandole.recommenders.model.Scored.Contribution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Every item's score for one user. Not for several threads at once. */
public final class Folded {

    private static final int MOST_REASONS = 3;

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
        this.known =
                switch (model.weights()) {
                    case ItemWeights.None() -> 0;
                    case ItemWeights.Dense dense -> add(dense);
                    case ItemWeights.Sparse(SparseRows rows) -> add(rows);
                };
    }

    static Folded of(TrainedModel model, Map<String, Double> history) {
        // In the items' order, so that sums do not depend on the map's.
        List<Map.Entry<String, Double>> sorted =
                history.entrySet().stream()
                        .filter(entry -> model.knows(entry.getKey()))
                        .sorted(Map.Entry.comparingByKey())
                        .toList();
        int[] past = new int[sorted.size()];
        float[] weights = new float[past.length];
        for (int i = 0; i < past.length; i++) {
            past[i] = model.number(sorted.get(i).getKey());
            weights[i] = sorted.get(i).getValue().floatValue();
        }
        return new Folded(model, past, weights);
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
        List<Scored> found = new ArrayList<>(best.size());
        best.forEachBestFirst(
                (item, score) -> found.add(new Scored(model.ids()[item], score, because(item))));
        return found;
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
        float[] sums = new float[items.length];
        int found = 0;
        for (int i = 0; i < past.length; i++) {
            int row = model.denseRow(past[i]);
            if (row >= 0 && weightOfPast[i] != 0) {
                add(sums, dense.rows()[row], weightOfPast[i]);
                found++;
            }
        }
        for (int place = 0; place < items.length; place++) {
            scores[items[place]] += sums[place];
        }
        return found;
    }

    // By itself, so that the compiler vectorises it.
    private static void add(float[] sums, float[] row, float weight) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += weight * row[i];
        }
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

    private List<Contribution> because(int item) {
        if (known == 0) {
            return List.of();
        }
        List<Contribution> parts = new ArrayList<>();
        for (int i = 0; i < past.length; i++) {
            float part = weightOfPast[i] * weight(past[i], item);
            if (part > 0) {
                parts.add(new Contribution(model.ids()[past[i]], part));
            }
        }
        parts.sort(
                Comparator.comparingDouble(Contribution::part)
                        .reversed()
                        .thenComparing(Contribution::item));
        return parts.subList(0, Math.min(MOST_REASONS, parts.size()));
    }

    private float weight(int from, int to) {
        return switch (model.weights()) {
            case ItemWeights.None() -> 0;
            case ItemWeights.Dense dense -> {
                int row = model.denseRow(from);
                int column = model.denseRow(to);
                yield row < 0 || column < 0 ? 0 : dense.rows()[row][column];
            }
            case ItemWeights.Sparse(SparseRows rows) -> rows.at(from, to);
        };
    }
}
