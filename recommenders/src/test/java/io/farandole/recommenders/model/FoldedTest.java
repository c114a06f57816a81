package io.farandole.recommenders.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.farandole.recommenders.model.Scored.Contribution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FoldedTest {

    /**
     * Of alien, brazil and carrie all pairs have weights; of duck-soup there is popularity alone.
     */
    private final TrainedModel films =
            model(
                    List.of("alien", "brazil", "carrie", "duck-soup"),
                    new float[] {0.1f, 0.2f, 0.3f, 0.4f},
                    new ItemWeights.Dense(
                            new int[] {0, 1, 2},
                            new float[][] {{0, 0.5f, -0.25f}, {0.5f, 0, 2}, {1, 1, 0}}));

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 40);
    }

    @Test
    void addsUpWhatThePastSaysAndTellsWhich() {
        Folded folded = films.fold(Map.of("alien", 1.0, "brazil", 0.5));

        assertThat(folded.score("carrie")).isCloseTo(0.3 - 0.25 + 0.5 * 2, within(1e-6));
        assertThat(folded.known()).isEqualTo(2);
        assertThat(folded.best(10)).extracting(Scored::item).containsExactly("carrie", "duck-soup");
        assertThat(folded.best(10).getFirst().because())
                .containsExactly(new Contribution("brazil", 1));
        assertThat(folded.best(10).getLast().because()).isEmpty();
    }

    @Test
    void leavesOutWhatWasOnlyMetAndLearnsNothingFromIt() {
        Folded folded = films.fold(Map.of("brazil", 0.0));

        assertThat(folded.known()).isZero();
        assertThat(folded.bestItems(10)).containsExactly("duck-soup", "carrie", "alien");
    }

    @Test
    void takesOnlyWhatIsAllowed() {
        assertThat(films.fold(Map.of()).best(2, item -> !item.equals("duck-soup")))
                .extracting(Scored::item)
                .containsExactly("carrie", "brazil");
    }

    @Test
    void passesOverWhatItDoesNotKnow() {
        assertThat(films.fold(Map.of("nowhere", 1.0)).best(10))
                .isEqualTo(films.fold(Map.of()).best(10));
    }

    @Test
    void givesPopularityToWhoeverIsNew() {
        assertThat(films.fold(Map.of()).bestItems(2)).containsExactly("duck-soup", "carrie");
        assertThat(films.fold(Map.of()).bestItems(0)).isEmpty();
    }

    @Test
    void partsEqualsById() {
        TrainedModel equals =
                model(
                        IntStream.range(100, 400).mapToObj(i -> "i" + i).toList(),
                        new float[300],
                        new ItemWeights.None());

        assertThat(equals.fold(Map.of()).bestItems(3)).containsExactly("i100", "i101", "i102");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void findsWhatSortingAllWouldFind(long seed) {
        Random random = new Random(seed);
        TrainedModel model = random(300, random);
        Map<String, Double> history = history(model, 30, random);
        Folded folded = model.fold(history);

        List<String> sorted =
                model.items().stream()
                        .filter(item -> !history.containsKey(item))
                        .sorted(
                                Comparator.comparingDouble(folded::score)
                                        .reversed()
                                        .thenComparing(Comparator.naturalOrder()))
                        .toList();

        assertThat(folded.bestItems(300)).isEqualTo(sorted);
        assertThat(folded.bestItems(17)).isEqualTo(sorted.subList(0, 17));
        for (Scored scored : folded.best(20)) {
            assertThat(scored.because())
                    .hasSizeLessThanOrEqualTo(3)
                    .isSortedAccordingTo(Comparator.comparingDouble(part -> -part.part()))
                    .allMatch(part -> part.part() > 0 && history.containsKey(part.item()));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void doesNotDependOnTheOrderOfTheHistory(long seed) {
        Random random = new Random(seed);
        TrainedModel model = random(200, random);
        Map<String, Double> history = history(model, 40, random);
        Map<String, Double> reversed = new LinkedHashMap<>();
        List<String> items = new ArrayList<>(history.keySet());
        items.reversed().forEach(item -> reversed.put(item, history.get(item)));

        assertThat(model.fold(reversed).best(50)).isEqualTo(model.fold(history).best(50));
    }

    private static Map<String, Double> history(TrainedModel model, int size, Random random) {
        Map<String, Double> history = new HashMap<>();
        for (int i = 0; i < size; i++) {
            history.put(
                    model.items().get(random.nextInt(model.items().size())),
                    random.nextInt(4) == 0 ? 0 : random.nextDouble());
        }
        return history;
    }

    private static TrainedModel random(int size, Random random) {
        float[][] rows = new float[size][];
        float[] prior = new float[size];
        for (int i = 0; i < size; i++) {
            prior[i] = random.nextInt(3);
            rows[i] = row(size, random);
        }
        return model(ids(size), prior, dense(rows));
    }

    private static float[] row(int size, Random random) {
        float[] row = new float[size];
        for (int i = 0; i < size; i++) {
            row[i] = random.nextFloat() - 0.5f;
        }
        return row;
    }

    private static List<String> ids(int size) {
        return IntStream.range(0, size).mapToObj(i -> "i" + (10_000 + i)).toList();
    }

    private static ItemWeights dense(float[][] rows) {
        return new ItemWeights.Dense(IntStream.range(0, rows.length).toArray(), rows);
    }

    private static TrainedModel model(List<String> items, float[] prior, ItemWeights weights) {
        return new TrainedModel(
                new Description("ease:lambda=1", "", "", 0, 0, 0, 0, 0, 0, null),
                items.toArray(String[]::new),
                prior,
                weights,
                new SparseRows(new int[items.size() + 1], new int[0], new float[0]));
    }
}
