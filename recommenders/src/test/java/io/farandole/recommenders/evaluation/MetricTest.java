package io.farandole.recommenders.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MetricTest {

    private static final int[] FIRST_AND_THIRD = {1, 3};
    private static final int[] NONE = {};

    @Test
    void countsAsByHand() {
        // 1/log2(2) + 1/log2(4) over 1/log2(2) + 1/log2(3) + 1/log2(4)
        assertThat(Metric.NDCG.of(FIRST_AND_THIRD, 5, 3))
                .isCloseTo(1.5 / (1 + 0.6309297535714575 + 0.5), within(1e-12));
        assertThat(Metric.RECALL.of(FIRST_AND_THIRD, 5, 3)).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(Metric.MAP.of(FIRST_AND_THIRD, 5, 3))
                .isCloseTo((1 + 2.0 / 3) / 3, within(1e-12));
        assertThat(Metric.HIT_RATE.of(FIRST_AND_THIRD, 5, 3)).isEqualTo(1);
        assertThat(Metric.MRR.of(new int[] {2, 3}, 5, 3)).isEqualTo(0.5);
        assertThat(Metric.PRECISION.of(FIRST_AND_THIRD, 5, 3)).isEqualTo(0.4);
    }

    @Test
    void takesTheIdealAtTheShorterOfListAndTest() {
        assertThat(Metric.NDCG.of(new int[] {1, 2}, 2, 50)).isCloseTo(1, within(1e-12));
        assertThat(Metric.MAP.of(new int[] {1, 2}, 2, 50)).isEqualTo(1);
        assertThat(Metric.RECALL.of(new int[] {1, 2}, 2, 50)).isEqualTo(0.04);
    }

    @Test
    void countsNothingBeyondTheList() {
        for (Metric metric : Metric.values()) {
            assertThat(metric.of(new int[] {3, 4}, 2, 2)).isZero();
            assertThat(metric.of(NONE, 2, 2)).isZero();
        }
    }
}
