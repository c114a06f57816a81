package io.farandole.recommenders.evaluation;

import io.farandole.recommenders.evaluation.HeldOut.Question;
import io.farandole.recommenders.model.TrainedModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Ranks all items that the model knows and the user has not met, never a sample of them (Krichene
 * and Rendle 2020), and compares the best with what the user met later.
 *
 * @param lengths the lists' lengths K
 * @param seed of the intervals
 * @param types of the items, where they are known: without them there is no {@link Variety}
 */
public record Evaluating(HeldOut heldOut, List<Integer> lengths, long seed, Types types) {

    /** How often users are drawn for an interval. */
    public static final int RESAMPLES = 2000;

    private static final List<Integer> USUAL = List.of(10, 20);

    /**
     * @throws IllegalArgumentException if there is no length, or one below 1
     */
    public Evaluating {
        if (lengths.isEmpty() || lengths.stream().anyMatch(k -> k < 1)) {
            throw new IllegalArgumentException("lists of " + lengths + " items");
        }
        lengths = lengths.stream().distinct().sorted().toList();
    }

    /** Where nothing is known of the items' types. */
    public Evaluating(HeldOut heldOut, List<Integer> lengths, long seed) {
        this(heldOut, lengths, seed, Types.NONE);
    }

    /** With lists of 10 and 20. */
    public static Evaluating of(HeldOut heldOut) {
        return new Evaluating(heldOut, USUAL, 0);
    }

    /**
     * Asks the model every question. Users are spread over the processors; that changes nothing.
     */
    public Evaluation evaluate(TrainedModel model) {
        long start = System.nanoTime();
        List<Question> questions = heldOut.questions();
        int longest = lengths.getLast();
        List<List<String>> lists =
                model.bestItems(questions.stream().map(Question::history).toList(), longest);
        double scoring = (System.nanoTime() - start) / 1e9;
        List<Evaluation.Values> values = new ArrayList<>();
        for (int k : lengths) {
            for (Metric metric : Metric.values()) {
                double[] ofUsers =
                        IntStream.range(0, questions.size())
                                .mapToDouble(i -> value(metric, k, questions.get(i), lists.get(i)))
                                .toArray();
                values.add(new Evaluation.Values(metric, k, ofUsers));
            }
        }
        Interval[] intervals = bootstrap().of(matrix(values));
        List<Evaluation.Measured> measured = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            measured.add(
                    new Evaluation.Measured(
                            values.get(i).metric().label(), values.get(i).k(), intervals[i]));
        }
        return new Evaluation(
                new Evaluation.Report(
                        model.description().spec(),
                        model.checksum(),
                        heldOut.counts(),
                        measured,
                        coverages(lists, heldOut.catalogue()),
                        lengths.stream()
                                .map(
                                        k ->
                                                Breadth.of(
                                                        k,
                                                        lists,
                                                        questions.stream()
                                                                .map(one -> one.history().keySet())
                                                                .toList(),
                                                        heldOut.catalogue()))
                                .toList(),
                        varieties(lists),
                        Slice.of(lengths.getFirst(), lists, questions, types, bootstrap()),
                        scoring),
                values,
                bootstrap());
    }

    private List<Variety> varieties(List<List<String>> lists) {
        return types.areKnown()
                ? lengths.stream()
                        .map(k -> Variety.of(k, lists, heldOut.questions(), types))
                        .toList()
                : List.of();
    }

    private Bootstrap bootstrap() {
        return new Bootstrap(RESAMPLES, seed);
    }

    private static double value(Metric metric, int k, Question question, List<String> list) {
        int[] ranks =
                IntStream.rangeClosed(1, list.size())
                        .filter(rank -> question.items().contains(list.get(rank - 1)))
                        .toArray();
        return metric.of(ranks, k, question.items().size());
    }

    private List<Evaluation.Coverage> coverages(List<List<String>> lists, int catalogue) {
        return lengths.stream()
                .map(
                        k -> {
                            Set<String> seen = new HashSet<>();
                            lists.forEach(
                                    list -> seen.addAll(list.subList(0, Math.min(k, list.size()))));
                            return new Evaluation.Coverage(
                                    k,
                                    catalogue == 0
                                            ? 0
                                            : Math.min(1, (double) seen.size() / catalogue));
                        })
                .toList();
    }

    private static double[][] matrix(List<Evaluation.Values> values) {
        return values.stream().map(Evaluation.Values::ofUsers).toArray(double[][]::new);
    }
}
