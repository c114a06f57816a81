package io.farandole.recommenders.linear;

import io.farandole.recommenders.dataset.ItemFacts;
import io.farandole.recommenders.model.SparseRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Items by what is known of them: a fact counts log(items / items that share it) (Spärck Jones
 * 1972), each column's facts have together the same length, so that a long text is no more than a
 * category, and items are as alike as the cosine of these vectors.
 */
public final class ItemContent {

    /** Where nothing is known. */
    public static final ItemContent NONE = new ItemContent(new String[0], ItemFacts.NONE);

    private final WeightedRows byFact;
    private final int[] wordsOf;

    /**
     * @param items ids, by number
     */
    public ItemContent(String[] items, ItemFacts facts) {
        Map<String, Integer> shared = new TreeMap<>();
        for (String item : items) {
            facts.of(item).forEach(fact -> shared.merge(fact, 1, Integer::sum));
        }
        shared.values().removeIf(count -> count < 2);
        Map<String, Integer> numbers = HashMap.newHashMap(shared.size());
        shared.keySet().forEach(fact -> numbers.put(fact, numbers.size()));
        int[][] rows = new int[items.length][];
        float[][] weights = new float[items.length][];
        for (int item = 0; item < items.length; item++) {
            Map<Integer, Float> vector =
                    vector(facts.of(items[item]), shared, numbers, items.length);
            rows[item] = vector.keySet().stream().mapToInt(Integer::intValue).toArray();
            weights[item] = new float[rows[item].length];
            for (int i = 0; i < rows[item].length; i++) {
                weights[item][i] = vector.getOrDefault(rows[item][i], 0f);
            }
        }
        this.byFact = new WeightedRows(numbers.size(), rows, weights).transposed();
        this.wordsOf = words(items, facts);
    }

    /** In the order of the facts' numbers, that is of their texts. */
    private static Map<Integer, Float> vector(
            List<String> facts,
            Map<String, Integer> shared,
            Map<String, Integer> numbers,
            int items) {
        Map<String, Double> squares = new HashMap<>();
        Map<Integer, Double> values = new TreeMap<>();
        Map<Integer, String> columns = new HashMap<>();
        for (String fact : new HashSet<>(facts)) {
            Integer number = numbers.get(fact);
            if (number != null) {
                double value = StrictMath.log((1.0 + items) / shared.getOrDefault(fact, 1));
                values.put(number, value);
                columns.put(number, ItemFacts.column(fact));
            }
        }
        values.forEach(
                (number, value) ->
                        squares.merge(
                                columns.getOrDefault(number, ""), value * value, Double::sum));
        Map<Integer, Float> vector = new LinkedHashMap<>();
        values.forEach(
                (number, value) ->
                        vector.put(
                                number,
                                (float)
                                        (value
                                                / Math.sqrt(
                                                        squares.getOrDefault(
                                                                columns.getOrDefault(number, ""),
                                                                1.0)))));
        return vector;
    }

    /** The same number for items that are told in the same words, and −1 for those in none. */
    private static int[] words(String[] items, ItemFacts facts) {
        Map<Set<String>, Integer> known = new HashMap<>();
        int[] words = new int[items.length];
        for (int item = 0; item < items.length; item++) {
            Set<String> mine = new HashSet<>();
            for (String fact : facts.of(items[item])) {
                if (ItemFacts.column(fact).charAt(ItemFacts.column(fact).length() - 1)
                        == ItemFacts.WORD) {
                    mine.add(fact);
                }
            }
            words[item] = mine.isEmpty() ? -1 : known.computeIfAbsent(mine, _ -> known.size());
        }
        return words;
    }

    public boolean isEmpty() {
        return byFact.items().length == 0;
    }

    /**
     * Whether two items are the same thing twice: all their texts are of the same words, as of a
     * film that is listed under two ids.
     */
    public boolean areDuplicates(int one, int other) {
        return one < wordsOf.length && wordsOf[one] >= 0 && wordsOf[one] == wordsOf[other];
    }

    /** Each item's nearest others by cosine, the best first. */
    public SparseRows nearest(int most) {
        return new Neighbours(byFact, 0).nearest(most);
    }

    /**
     * Similar items with those added that are alike in content, behind the others and below them,
     * until there are enough of each; without duplicates of the item.
     *
     * @param met by who met them, the best first
     * @param most how many of each item
     */
    public SparseRows added(SparseRows met, int most) {
        if (isEmpty()) {
            return met;
        }
        SparseRows alike = nearest(2 * most);
        int[][] columns = new int[met.rowCount()][];
        float[][] values = new float[met.rowCount()][];
        for (int item = 0; item < columns.length; item++) {
            Map<Integer, Float> found = new LinkedHashMap<>();
            float lowest = 1;
            for (int at = met.starts()[item]; at < met.starts()[item + 1]; at++) {
                if (!areDuplicates(item, met.columns()[at])) {
                    found.put(met.columns()[at], met.values()[at]);
                    lowest = met.values()[at];
                }
            }
            for (int at = alike.starts()[item];
                    at < alike.starts()[item + 1] && found.size() < most;
                    at++) {
                if (!areDuplicates(item, alike.columns()[at])) {
                    found.putIfAbsent(alike.columns()[at], lowest * alike.values()[at]);
                }
            }
            List<Integer> items = new ArrayList<>(found.keySet());
            columns[item] = new int[items.size()];
            values[item] = new float[items.size()];
            for (int i = 0; i < items.size(); i++) {
                columns[item][i] = items.get(i);
                values[item][i] = found.getOrDefault(items.get(i), 0f);
            }
        }
        return SparseRows.of(columns, values);
    }
}
