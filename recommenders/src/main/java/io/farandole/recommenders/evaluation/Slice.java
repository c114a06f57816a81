package io.farandole.recommenders.evaluation;

import io.farandole.recommenders.evaluation.HeldOut.Question;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How well a part of the test was answered: some users, or all users' test items of one sort.
 *
 * @param name such as {@code cold users}, {@code tail items}, {@code type CINE}
 * @param users who have test items in it: the means are over these
 * @param items test items, summed over the users
 * @param ndcg of lists of K, as {@link Metric#NDCG}
 * @param recall likewise
 */
public record Slice(String name, int users, int items, int k, Interval ndcg, Interval recall) {

    /** Whoever met fewer items is cold. */
    static final int WARM_FROM = 5;

    /** Of types, those with the most test items. */
    private static final int MOST_TYPES = 10;

    /** Cold and warm users, head and tail items, and types where they are known. */
    static List<Slice> of(
            int k,
            List<List<String>> lists,
            List<Question> questions,
            Types types,
            Bootstrap bootstrap) {
        Slicing slicing = new Slicing(k, lists, questions, bootstrap);
        List<Slice> slices = new ArrayList<>();
        slices.add(slicing.ofUsers("cold users", one -> one.history().size() < WARM_FROM));
        slices.add(slicing.ofUsers("warm users", one -> one.history().size() >= WARM_FROM));
        Set<String> head =
                Breadth.head(questions.stream().map(one -> one.history().keySet()).toList());
        slices.add(slicing.ofItems("head items", head::contains));
        slices.add(slicing.ofItems("tail items", item -> !head.contains(item)));
        for (String type : mostAsked(questions, types)) {
            slices.add(
                    slicing.ofItems(
                            "type " + type, item -> type.equals(types.ofItems().get(item))));
        }
        return slices.stream().filter(slice -> slice.users > 0).toList();
    }

    private static List<String> mostAsked(List<Question> questions, Types types) {
        Map<String, Integer> counts = new HashMap<>();
        for (Question question : questions) {
            for (String item : question.items()) {
                String type = types.ofItems().get(item);
                if (type != null) {
                    counts.merge(type, 1, Integer::sum);
                }
            }
        }
        return counts.entrySet().stream()
                .sorted(
                        Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_TYPES)
                .map(Map.Entry::getKey)
                .toList();
    }

    private record Slicing(
            int k, List<List<String>> lists, List<Question> questions, Bootstrap bootstrap) {

        Slice ofUsers(String name, Predicate<Question> who) {
            return of(
                    name,
                    questions.stream().map(one -> who.test(one) ? one.items() : none()).toList());
        }

        Slice ofItems(String name, Predicate<String> which) {
            return of(
                    name,
                    questions.stream()
                            .map(
                                    one ->
                                            one.items().stream()
                                                    .filter(which)
                                                    .collect(Collectors.toSet()))
                            .toList());
        }

        private static Set<String> none() {
            return Set.of();
        }

        private Slice of(String name, List<Set<String>> wanted) {
            int[] users =
                    IntStream.range(0, wanted.size())
                            .filter(user -> !wanted.get(user).isEmpty())
                            .toArray();
            double[][] values = new double[2][users.length];
            int items = 0;
            for (int i = 0; i < users.length; i++) {
                Set<String> mine = wanted.get(users[i]);
                List<String> list = lists.get(users[i]);
                int[] ranks =
                        IntStream.rangeClosed(1, list.size())
                                .filter(rank -> mine.contains(list.get(rank - 1)))
                                .toArray();
                values[0][i] = Metric.NDCG.of(ranks, k, mine.size());
                values[1][i] = Metric.RECALL.of(ranks, k, mine.size());
                items += mine.size();
            }
            Interval[] intervals = bootstrap.of(values);
            return new Slice(name, users.length, items, k, intervals[0], intervals[1]);
        }
    }
}
