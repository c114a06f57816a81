package io.farandole.benchmarks;

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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * How long one user's list takes: folding a history into a model and picking a hundred with their
 * reasons, and picking a hundred by taste. Medians of warm rounds over all users of the data set,
 * beside the physical limit: reading once as much memory as the scores are summed from.
 */
public final class Scoring {

    private static final int WARM_UP = 2_000;
    private static final int ROUNDS = 5_000;
    private static final int LENGTH = 100;

    private Scoring() {}

    static void main() {
        Path ratings =
                Path.of(
                        System.getProperty("farandole.home", "."),
                        "data",
                        "ml-latest-small",
                        "ratings.csv");
        List<Interaction> interactions = new InteractionFile(ratings).read();
        Histories histories = Histories.of(interactions);
        List<Map<String, Double>> users = histories.users().stream().map(histories::of).toList();
        TrainedModel model = Training.train(ModelSpec.Ease.USUAL, interactions);
        Assortment assortment =
                Assortment.of(
                        model.items().stream()
                                .map(item -> new KnownItem(item, List.of("Film"), 1))
                                .toList());
        System.out.printf(
                Locale.ROOT,
                "%,d items, %,d of them with weights; %,d users%n",
                model.items().size(),
                model.description().weights(),
                users.size());
        tell(
                "fold in, best 100 with reasons",
                round -> model.fold(users.get(round % users.size())).best(LENGTH).size());
        tell(
                "by taste, best 100",
                round -> assortment.best(taste(assortment, users, round), LENGTH).size());
        tell("limit: sum the weights' memory", memory(users, model.description().weights()));
    }

    private static Taste taste(Assortment assortment, List<Map<String, Double>> users, int round) {
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
    private static IntUnaryOperator memory(List<Map<String, Double>> users, int width) {
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

    private static void tell(String what, IntUnaryOperator work) {
        long checksum = 0;
        for (int round = 0; round < WARM_UP; round++) {
            checksum += work.applyAsInt(round);
        }
        long[] nanos = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            checksum += work.applyAsInt(round);
            nanos[round] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%-34s p50 %7.1f µs   p99 %7.1f µs   (checksum %d)%n",
                what,
                nanos[ROUNDS / 2] / 1e3,
                nanos[ROUNDS * 99 / 100] / 1e3,
                checksum);
    }
}
