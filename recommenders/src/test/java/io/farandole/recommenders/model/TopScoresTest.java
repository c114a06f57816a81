package io.farandole.recommenders.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopScoresTest {

    private static final int RANK = 5;
    private static final int MOST = 20;

    /** More than a block of users and two tiles of items, neither full. */
    private static final int USERS = 300;

    private static final int ITEMS = 4_500;

    private final Random random = new Random(3);
    private final float[] prior = factors(ITEMS, 1);
    private final Factors items = new Factors(factors(ITEMS, RANK), RANK, 1, 1);

    @Test
    void areTheBestOfAllThatWereNotMet() {
        float[][] users = new float[USERS][];
        int[][] met = new int[USERS][];
        for (int user = 0; user < USERS; user++) {
            users[user] = factors(1, RANK);
            met[user] = random.ints(200, 0, ITEMS).sorted().distinct().toArray();
        }

        int[][] best = new TopScores(items, prior, MOST).of(users, met);

        for (int user = 0; user < USERS; user++) {
            assertThat(best[user]).as("user " + user).isEqualTo(byHand(users[user], met[user]));
        }
    }

    @Test
    void ofEqualsTheSmallerNumberIsFirstAndListsMayBeShort() {
        TopScores top =
                new TopScores(new Factors(new float[] {1, 1, 1}, 1, 1, 1), new float[3], MOST);

        assertThat(top.of(new float[][] {{2}, {2}}, new int[][] {{}, {0, 2}}))
                .isDeepEqualTo(new int[][] {{0, 1, 2}, {1}});
    }

    @Test
    void refusesAPriorOfOtherItems() {
        assertThatThrownBy(() -> new TopScores(items, new float[1], MOST))
                .hasMessage("1 items with a prior of 4500");
    }

    @Test
    void areWhatAModelAnswersOneByOne() {
        TrainedModel model =
                TrainedModel.of(
                        new Description("ials:rank=5", "", "", 0, 1, ITEMS, 1, ITEMS, 0, null),
                        IntStream.range(0, ITEMS)
                                .mapToObj("%05d"::formatted)
                                .toArray(String[]::new),
                        prior,
                        new ItemWeights.Factored(items),
                        new SparseRows(new int[ITEMS + 1], new int[0], new float[0]));
        List<SequencedMap<String, Double>> histories =
                List.of(
                        new TreeMap<>(),
                        new TreeMap<>(Map.of("00007", 1.0, "00300", 1.0, "unknown", 1.0)),
                        new TreeMap<>(Map.of("04499", 0.0)));

        assertThat(model.bestItems(histories, MOST))
                .isEqualTo(
                        histories.stream()
                                .map(history -> model.foldInOrder(history).bestItems(MOST))
                                .toList());
    }

    private int[] byHand(float[] user, int[] met) {
        return IntStream.range(0, ITEMS)
                .filter(item -> Arrays.binarySearch(met, item) < 0)
                .boxed()
                .sorted(
                        Comparator.comparingDouble(
                                item -> -(items.product(user, item) + prior[item])))
                .limit(MOST)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private float[] factors(int rows, int rank) {
        float[] factors = new float[rows * rank];
        for (int at = 0; at < factors.length; at++) {
            factors[at] = (float) random.nextGaussian();
        }
        return factors;
    }
}
