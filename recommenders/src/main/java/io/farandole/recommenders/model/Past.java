package io.farandole.recommenders.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What somebody has met of what a model knows.
 *
 * @param items by their numbers, ascending, so that sums do not depend on a map's order
 * @param weights how much each counts
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Past(int[] items, float[] weights) {

    static Past of(TrainedModel model, Map<String, Double> history, boolean inOrder) {
        Map<String, Float> counted = inOrder ? counted(model, history) : Map.of();
        List<String> sorted = history.keySet().stream().filter(model::knows).sorted().toList();
        int[] items = new int[sorted.size()];
        float[] weights = new float[items.length];
        for (int i = 0; i < items.length; i++) {
            String item = sorted.get(i);
            items[i] = model.number(item);
            double told = history.getOrDefault(item, 0.0);
            weights[i] =
                    inOrder ? counted.getOrDefault(item, 0f) : model.counting().weight(told, 0);
        }
        return new Past(items, weights);
    }

    /** Each item by how many that count came after it. */
    private static Map<String, Float> counted(TrainedModel model, Map<String, Double> history) {
        Map<String, Float> counted = new HashMap<>();
        List<String> items = history.keySet().stream().filter(model::knows).toList();
        int later = 0;
        for (String item : items.reversed()) {
            float weight = model.counting().weight(history.getOrDefault(item, 0.0), later);
            counted.put(item, weight);
            later += weight == 0 ? 0 : 1;
        }
        return counted;
    }
}
