package io.farandole.recommenders.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** A model as it was trained; immutable, shared by any number of threads. */
public final class TrainedModel {

    private final Description description;
    private final String[] items;
    private final float[] prior;
    private final ItemWeights weights;
    private final SparseRows similar;
    private final Map<String, Integer> numbers;
    private final int[] denseRowOf;
    private final Counting counting;

    /**
     * What a training found; its checksum is taken here.
     *
     * @param items ids in ascending order; an item's number is its place
     * @param prior each item's score for somebody of whom nothing is known
     * @param similar each item's most similar others, the best first
     */
    public static TrainedModel of(
            Description description,
            String[] items,
            float[] prior,
            ItemWeights weights,
            SparseRows similar) {
        String checksum =
                ModelDirectory.checksum(
                        new TrainedModel(description, items, prior, weights, similar));
        return new TrainedModel(description.withChecksum(checksum), items, prior, weights, similar);
    }

    TrainedModel(
            Description description,
            String[] items,
            float[] prior,
            ItemWeights weights,
            SparseRows similar) {
        this.description = description;
        this.items = items;
        this.prior = prior;
        this.weights = weights;
        this.similar = similar;
        this.numbers = HashMap.newHashMap(items.length);
        for (int number = 0; number < items.length; number++) {
            numbers.put(items[number], number);
        }
        this.denseRowOf = denseRows(items.length, weights);
        this.counting = spec().counting();
    }

    /**
     * Reads a model's directory.
     *
     * @throws UnreadableModel if it is none, or not as it was written
     */
    public static TrainedModel load(Path directory) {
        return new ModelDirectory(directory).read();
    }

    public Description description() {
        return description;
    }

    public ModelSpec spec() {
        return ModelSpec.parse(description.spec());
    }

    /** Who the model is: SHA-256 of all that decides its answers. */
    public String checksum() {
        return description.checksum();
    }

    /** All items it can recommend, in order of their ids. */
    public List<String> items() {
        return Collections.unmodifiableList(Arrays.asList(items));
    }

    public boolean knows(String item) {
        return numbers.containsKey(item);
    }

    /**
     * Scores every item for a user, from that user's past alone. Items that the model does not know
     * are passed over.
     *
     * @param history past items and how much each counts: 1 for a liked one, less for a faint or
     *     old act, below 0 for a dislike, 0 for what was only met, which is left out of the list
     *     and counts for as much as the model was trained to let it
     */
    public Folded fold(Map<String, Double> history) {
        return Folded.of(this, history, false);
    }

    /**
     * The same of a history in the order of time, the oldest first: models that count later items
     * for more need it.
     */
    public Folded foldInOrder(SequencedMap<String, Double> history) {
        return Folded.of(this, history, true);
    }

    /**
     * The ids of the best items for each of many histories in the order of time, as {@link
     * #foldInOrder} and {@link Folded#bestItems} give them one by one, on all processors. By
     * factors it is a product of matrices, tens of times as quick.
     *
     * @return in the order of the histories; the best first
     */
    public List<List<String>> bestItems(
            List<? extends SequencedMap<String, Double>> histories, int k) {
        if (!(weights instanceof ItemWeights.Factored(Factors factors))) {
            return histories.parallelStream()
                    .map(history -> foldInOrder(history).bestItems(k))
                    .toList();
        }
        Past[] pasts = new Past[histories.size()];
        Arrays.parallelSetAll(pasts, at -> Past.of(this, histories.get(at), true));
        float[][] users = new float[pasts.length][];
        Arrays.parallelSetAll(users, at -> factors.folded(pasts[at].items(), pasts[at].weights()));
        int[][] best =
                new TopScores(factors, prior, k)
                        .of(users, Arrays.stream(pasts).map(Past::items).toArray(int[][]::new));
        return Arrays.stream(best)
                .map(list -> Arrays.stream(list).mapToObj(item -> items[item]).toList())
                .toList();
    }

    /**
     * The items most similar to an item, the best first, never itself: by the shrunk cosine of who
     * met them, which is there for rare items too, for which linear weights are not. Fewer than
     * {@code k} where few were met by the same users; none for an unknown item.
     */
    public List<Similar> similar(String item, int k) {
        int number = number(item);
        if (number < 0) {
            return List.of();
        }
        int start = similar.starts()[number];
        int end = (int) Math.min(similar.starts()[number + 1], (long) start + Math.max(k, 0));
        List<Similar> found = new ArrayList<>(end - start);
        for (int at = start; at < end; at++) {
            found.add(new Similar(items[similar.columns()[at]], similar.values()[at]));
        }
        return found;
    }

    Counting counting() {
        return counting;
    }

    int number(String item) {
        return numbers.getOrDefault(item, -1);
    }

    String[] ids() {
        return items;
    }

    float[] prior() {
        return prior;
    }

    ItemWeights weights() {
        return weights;
    }

    SparseRows similar() {
        return similar;
    }

    /** The place of an item in the dense weights; -1 if it has none. */
    int denseRow(int number) {
        return denseRowOf[number];
    }

    private static int[] denseRows(int size, ItemWeights weights) {
        if (weights instanceof ItemWeights.Sum sum) {
            return denseRows(size, sum.weights());
        }
        if (!(weights instanceof ItemWeights.Dense dense)) {
            return new int[0];
        }
        int[] rows = new int[size];
        Arrays.fill(rows, -1);
        for (int row = 0; row < dense.items().length; row++) {
            rows[dense.items()[row]] = row;
        }
        return rows;
    }
}
