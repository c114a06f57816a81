package io.farandole.recommenders.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FactorsTest {

    /** HᵀH = 1 + 4 + 0.25 = 5.25. */
    private final Factors one = new Factors(new float[] {1, 2, -0.5f}, 1, 0.5, 0.1);

    @Test
    void foldsInByTheEquation() {
        // (1·1² + 0.5·5.25 + 0.1 (1 + 0.5·3)) w = 1·1
        assertThat(one.folded(new int[] {0}, new float[] {1})[0])
                .isCloseTo((float) (1 / (1 + 2.625 + 0.25)), within(1e-6f));
        // (2·2² + 0.5·1² + 2.625 + 0.1 (2.5 + 1.5)) w = 2·2 + 0.5·1; what counts nothing is out
        assertThat(one.folded(new int[] {1, 2, 0}, new float[] {2, 0, 0.5f})[0])
                .isCloseTo((float) (4.5 / (8.5 + 2.625 + 0.4)), within(1e-6f));
        assertThat(one.folded(new int[0], new float[0])).containsExactly(0);
    }

    @Test
    void tellsWhatEachAddsToAScore() {
        float[] rows = {1, 0, 0.5f, 2, -1, 1, 0.3f, 0.7f};
        Factors two = new Factors(rows, 2, 0.2, 0.05);
        int[] met = {0, 3, 2};
        float[] counts = {1, 0.5f, 0};

        float[][] parts = two.contributions(met, counts, new int[] {1, 2});

        float[] user = two.folded(met, counts);
        for (int i = 0; i < parts.length; i++) {
            assertThat(parts[i][0] + parts[i][1])
                    .isCloseTo(two.product(user, i + 1), within(1e-6f));
            assertThat(parts[i][2]).isZero();
        }
    }

    @Test
    void areAModelLikeOthers() {
        TrainedModel model =
                TrainedModel.of(
                        new Description("ials:rank=1", "", "", 0, 1, 3, 1, 3, 0, null),
                        new String[] {"a", "b", "c"},
                        new float[] {0, 0, 0.25f},
                        new ItemWeights.Factored(one),
                        new SparseRows(new int[] {0, 0, 0, 0}, new int[0], new float[0]));

        Folded folded = model.fold(Map.of("a", 1.0));

        double user = 1 / 3.875;
        assertThat(folded.score("b")).isCloseTo(2 * user, within(1e-6));
        assertThat(folded.score("c")).isCloseTo(0.25 - 0.5 * user, within(1e-6));
        assertThat(folded.known()).isEqualTo(1);
        List<Scored> best = folded.best(2);
        assertThat(best).extracting(Scored::item).containsExactly("b", "c");
        assertThat(best.getFirst().because())
                .extracting(because -> because.item())
                .containsExactly("a");
        assertThat(model.fold(Map.of()).bestItems(1)).containsExactly("c");
    }

    @Test
    void addUpWithWeightsBetweenItems() {
        TrainedModel model =
                TrainedModel.of(
                        new Description(
                                "blend + ease + ials:rank=1", "", "", 0, 1, 3, 1, 3, 0, null),
                        new String[] {"a", "b", "c"},
                        new float[] {0, 0, 0.25f},
                        new ItemWeights.Sum(
                                new ItemWeights.Dense(
                                        new int[] {0, 2}, new float[][] {{0, 0.75f}, {0, 0}}),
                                one,
                                0.5f),
                        new SparseRows(new int[] {0, 0, 0, 0}, new int[0], new float[0]));

        Folded folded = model.fold(Map.of("a", 1.0));

        double user = 1 / 3.875;
        assertThat(folded.score("b")).isCloseTo(user, within(1e-6));
        assertThat(folded.score("c")).isCloseTo(0.25 + 0.75 - 0.25 * user, within(1e-6));
        Scored best = folded.best(1).getFirst();
        assertThat(best.item()).isEqualTo("c");
        assertThat(best.because().getFirst().part()).isCloseTo(0.75 - 0.25 * user, within(1e-6));
    }

    @Test
    void refusesWhatIsNoMatrix() {
        assertThatThrownBy(() -> new Factors(new float[5], 2, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no rows of 2");
    }
}
