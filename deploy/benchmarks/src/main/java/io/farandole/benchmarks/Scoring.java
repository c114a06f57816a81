package io.farandole.benchmarks;

import io.farandole.benchmarks.report.Benchmark;
import io.farandole.benchmarks.report.Extent;
import io.farandole.benchmarks.report.Figure;
import io.farandole.benchmarks.report.Findings;
import io.farandole.benchmarks.report.Row;
import io.farandole.recommenders.dataset.Histories;
import io.farandole.recommenders.dataset.Interaction;
import io.farandole.recommenders.dataset.InteractionFile;
import io.farandole.recommenders.model.ModelSpec;
import io.farandole.recommenders.model.TrainedModel;
import io.farandole.recommenders.taste.Assortment;
import io.farandole.recommenders.taste.KnownItem;
import io.farandole.recommenders.taste.Taste;
import io.farandole.recommenders.training.Training;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import picocli.CommandLine.Command;

/**
 * How long one user's list takes: folding a history into a model and picking a hundred with their
 * reasons, and picking a hundred by taste. Medians of warm rounds over all users of the data set,
 * beside the physical limit: reading once as much memory as the scores are summed from.
 */
@Command(
        name = "bench scoring",
        description = {
            "Time one user's list: folding a history into a model and picking a hundred with their"
                    + " reasons, and picking a hundred by taste; over all users of the data set."
        },
        footer = {"  farandole bench scoring", "  farandole bench scoring --full --json"})
public final class Scoring extends Benchmark {

    private static final int LENGTH = 100;

    static void main(String[] arguments) {
        System.exit(new Scoring().line().execute(arguments));
    }

    @Override
    protected void measure(Extent extent, Findings findings) {
        Path ratings = home().resolve("data").resolve("ml-latest-small").resolve("ratings.csv");
        Rounds rounds =
                extent.pick(new Rounds(0, 10), new Rounds(2_000, 5_000), new Rounds(5_000, 50_000));
        List<Interaction> interactions =
                new InteractionFile(ratings)
                        .read().stream()
                                .limit(extent.pick(2_000L, Long.MAX_VALUE, Long.MAX_VALUE))
                                .toList();
        Histories histories = Histories.of(interactions);
        List<? extends Map<String, Double>> users =
                histories.users().stream().map(histories::of).toList();
        TrainedModel model = Training.train(ModelSpec.Ease.USUAL, interactions);
        Assortment assortment =
                Assortment.of(
                        model.items().stream()
                                .map(item -> new KnownItem(item, List.of("Film"), 1))
                                .toList());
        findings.note(
                String.format(
                        Locale.ROOT,
                        "%,d items, %,d of them with weights; %,d users.",
                        model.items().size(),
                        model.description().weights(),
                        users.size()));
        rounds.time(
                        "fold in, best 100 with reasons",
                        round -> model.fold(users.get(round % users.size())).best(LENGTH).size(),
                        findings)
                .forEach(findings::row);
        rounds.time(
                        "by taste, best 100",
                        round -> assortment.best(taste(assortment, users, round), LENGTH).size(),
                        findings)
                .forEach(findings::row);
        rounds.time(
                        "sum as much memory as the weights are",
                        memory(users, model.description().weights()),
                        findings)
                .forEach(findings::limit);
    }

    private static Taste taste(
            Assortment assortment, List<? extends Map<String, Double>> users, int round) {
        Taste taste = assortment.taste();
        users.get(round % users.size())
                .forEach(
                        (item, weight) -> {
                            taste.hasHad(item);
                            if (weight > 0) {
                                taste.likes(item, Taste.WHOLE);
                            }
                        });
        return taste;
    }

    /** As many rows as a history has liked items, read from end to end. */
    private static IntUnaryOperator memory(List<? extends Map<String, Double>> users, int width) {
        float[] matrix = new float[width * width];
        Arrays.fill(matrix, 1);
        return round -> {
            int rows =
                    (int)
                            users.get(round % users.size()).values().stream()
                                    .filter(weight -> weight > 0)
                                    .count();
            float sum = 0;
            for (int row = 0; row < rows; row++) {
                int start = row * 31 % width * width;
                for (int at = start; at < start + width; at++) {
                    sum += matrix[at];
                }
            }
            return (int) sum;
        };
    }

    /** How often a work is done so that it is warm, and how often it is timed then. */
    private record Rounds(int warmUp, int timed) {

        List<Row> time(String what, IntUnaryOperator work, Findings findings) {
            long checksum = 0;
            for (int round = 0; round < warmUp; round++) {
                checksum += work.applyAsInt(round);
            }
            List<Double> micros = new ArrayList<>(timed);
            for (int round = 0; round < timed; round++) {
                long start = System.nanoTime();
                checksum += work.applyAsInt(round);
                micros.add((System.nanoTime() - start) / 1e3);
            }
            // said, so that the work cannot be left out by the compiler
            findings.say(what + " (checksum " + checksum + ")");
            return List.of(
                    Row.of(what + ", p50", "µs", List.of(Figure.at(micros, 0.50))),
                    Row.of(what + ", p99", "µs", List.of(Figure.at(micros, 0.99))));
        }
    }
}
