package io.farandole.recommenders.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.farandole.recommenders.dataset.Interaction;
import io.farandole.recommenders.model.ModelSpec;
import io.farandole.recommenders.model.TrainedModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingTest {

    private static final MemoryBudget PLENTY = new MemoryBudget(Long.MAX_VALUE, Long.MAX_VALUE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ease:lambda=20",
                "ease:neighbours=20",
                "item-knn",
                "popularity",
                "graph:rank=8",
                "graph:rank=8,sharpen=2.5",
                "ials:rank=8",
                "rp3beta",
                "transitions",
                "turbo:order=2",
                "blend + 1*item-knn + 0.5*ials:rank=8",
                "blend:met=0.5,recency=4 + 1*ease:lambda=20 + 0.5*graph:rank=4"
            })
    void makesTheSameModelOfTheSameInteractionsInAnyOrder(String text) {
        ModelSpec spec = ModelSpec.parse(text);
        List<Interaction> acts = acts(400);
        TrainedModel first = Training.train(spec, acts);

        Collections.shuffle(acts, new Random(9));

        assertThat(Training.train(spec, acts).checksum()).isEqualTo(first.checksum());
        assertThat(Training.train(spec, acts.subList(1, acts.size())).checksum())
                .isNotEqualTo(first.checksum());
    }

    @Test
    void refusesWhatDoesNotFitBeforeTakingIt() {
        ModelSpec spec = ModelSpec.parse("ease:lambda=20,support=1");
        // Each item is liked once, so that all of them enter the matrix.
        List<Interaction> acts =
                IntStream.range(0, 20_000)
                        .mapToObj(i -> act("u" + i % 2_000, "i" + i, 5, 0))
                        .toList();
        long matrix = 20_000L * 20_000 * Float.BYTES;

        assertThatThrownBy(
                        () ->
                                Training.train(
                                        spec,
                                        acts,
                                        "",
                                        0,
                                        Progress.SILENT,
                                        new MemoryBudget(Long.MAX_VALUE, matrix - 1)))
                .isInstanceOfSatisfying(
                        TooLarge.class,
                        refused -> {
                            assertThat(refused.needed()).isEqualTo(matrix);
                            assertThat(refused.available()).isEqualTo(matrix - 1);
                        })
                .hasMessageContaining("MB of memory beside the heap");
        assertThatThrownBy(() -> Training.train(spec, acts))
                .isInstanceOf(TooLarge.class)
                .hasMessageContaining("ease:lambda=20,support=1 needs");
    }

    @ParameterizedTest
    @CsvSource({"none,1.0", "10d,0.625", "5d,0.53125"})
    void letsActsFadeWithTheirAge(String halfLife, double expected) {
        // a: two likes now and one dislike; b: one now, one 20 days before.
        List<Interaction> acts =
                List.of(
                        act("u", "a", 5, 20),
                        act("v", "a", 5, 20),
                        act("w", "a", 1, 20),
                        act("u", "b", 5, 20),
                        act("v", "b", 5, 0));

        TrainedModel model =
                Training.train(ModelSpec.parse("popularity:half-life=" + halfLife), acts);

        assertThat(model.fold(Map.of()).score("a")).isCloseTo(1, within(1e-7));
        assertThat(model.fold(Map.of()).score("b")).isCloseTo(expected, within(1e-7));
    }

    @Test
    void ranksByPopularityWhatTooFewLiked() {
        List<Interaction> acts = new ArrayList<>(acts(300));
        acts.add(act("u1", "rare", 5, 0));

        TrainedModel model = Training.train(ModelSpec.Ease.USUAL, acts);

        assertThat(model.knows("rare")).isTrue();
        assertThat(model.description().weights()).isLessThan(model.items().size());
        assertThat(model.fold(Map.of("rare", 1.0)).known()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ease",
                "ease:neighbours=9",
                "graph",
                "graph:sharpen=1",
                "ials",
                "rp3beta",
                "transitions",
                "blend + 1*ease",
                "item-knn",
                "popularity"
            })
    void makesAModelOfNothingToo(String spec) {
        TrainedModel model = Training.train(ModelSpec.parse(spec), List.of());

        assertThat(model.items()).isEmpty();
        assertThat(model.fold(Map.of("a", 1.0)).best(10)).isEmpty();
    }

    @Test
    void tellsHowFarItIs() {
        List<String> steps = new ArrayList<>();
        Training.train(
                ModelSpec.Ease.USUAL, acts(300), "", 0, (step, _, _) -> steps.add(step), PLENTY);

        assertThat(steps).anyMatch(step -> step.startsWith("inverting, "));
    }

    /** Items are skewed: few are met by many. */
    private static List<Interaction> acts(int size) {
        Random random = new Random(4);
        return IntStream.range(0, size)
                .mapToObj(
                        _ ->
                                act(
                                        "u" + random.nextInt(size / 10),
                                        "i" + (int) (size * Math.pow(random.nextDouble(), 4)),
                                        1 + random.nextInt(5),
                                        random.nextInt(100)))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static Interaction act(String user, String item, double value, int day) {
        return new Interaction(
                user, item, value, Instant.EPOCH.plus(Duration.ofDays(1).multipliedBy(day)));
    }
}
