package io.farandole.recommenders.evaluation;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How widely lists spread over the catalogue.
 *
 * @param gini of how often items are in a list, over the whole catalogue; 0: all alike, 1: one item
 *     is in all
 * @param tailShare part of the entries that are not among the most popular items, which together
 *     have four fifths of the past acts of those who were asked (a "short head" as of Abdollahpouri
 *     et al. 2019)
 * @param novelty mean of −log₂ of the part of those asked who had met the item, in bits (Vargas and
 *     Castells 2011)
 * @param personalisation 1 − the mean part of a list that is in another's too, over all pairs
 */
public record Breadth(
        int k, double gini, double tailShare, double novelty, double personalisation) {

    private static final double HEAD = 0.8;

    static Breadth of(
            int k,
            List<List<String>> lists,
            List<? extends Collection<String>> histories,
            int catalogue) {
        Map<String, Integer> listed = new HashMap<>();
        Map<String, Integer> met = new HashMap<>();
        lists.forEach(
                list ->
                        list.stream()
                                .limit(k)
                                .forEach(item -> listed.merge(item, 1, Integer::sum)));
        histories.forEach(past -> past.forEach(item -> met.merge(item, 1, Integer::sum)));
        long entries = listed.values().stream().mapToLong(Integer::longValue).sum();
        if (entries == 0) {
            return new Breadth(k, 0, 0, 0, 0);
        }
        int head = leastOfHead(met);
        double bits = 0;
        long tail = 0;
        double shared = 0;
        for (Map.Entry<String, Integer> entry : listed.entrySet()) {
            int times = met.getOrDefault(entry.getKey(), 0);
            double part = (times + 1.0) / (histories.size() + 1.0);
            bits -= entry.getValue() * StrictMath.log(part) / StrictMath.log(2);
            tail += times < head ? entry.getValue() : 0;
            shared += (double) entry.getValue() * (entry.getValue() - 1);
        }
        double pairs = (double) lists.size() * (lists.size() - 1);
        double length = (double) entries / lists.size();
        return new Breadth(
                k,
                gini(listed, catalogue),
                (double) tail / entries,
                bits / entries,
                pairs == 0 ? 0 : 1 - shared / pairs / length);
    }

    /** The short head: the most popular items, which together have four fifths of the past acts. */
    static Set<String> head(List<? extends Collection<String>> histories) {
        Map<String, Integer> met = new HashMap<>();
        histories.forEach(past -> past.forEach(item -> met.merge(item, 1, Integer::sum)));
        int least = leastOfHead(met);
        return met.entrySet().stream()
                .filter(entry -> entry.getValue() >= least)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** How often an item was met that is the last of the head. */
    private static int leastOfHead(Map<String, Integer> met) {
        int[] counts = met.values().stream().mapToInt(Integer::intValue).sorted().toArray();
        long all = Arrays.stream(counts).asLongStream().sum();
        long sum = 0;
        for (int i = counts.length - 1; i >= 0; i--) {
            sum += counts[i];
            if (sum >= HEAD * all) {
                return counts[i];
            }
        }
        return 0;
    }

    private static double gini(Map<String, Integer> listed, int catalogue) {
        int[] counts = listed.values().stream().mapToInt(Integer::intValue).sorted().toArray();
        int size = Math.max(catalogue, counts.length);
        double weighted = 0;
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            // Those that are in no list come first.
            weighted += (2.0 * (size - counts.length + i + 1) - size - 1) * counts[i];
            sum += counts[i];
        }
        return weighted / (size * sum);
    }
}
