package io.farandole.recommenders.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootstrapTest {

    private final double[] values = new Random(5).doubles(400).toArray();

    @Test
    void comesNearTheNormalIntervalOfAMean() {
        // Of the uniform distribution: 1.96 times 1/sqrt(12) over sqrt(400).
        double half = 1.96 * Math.sqrt(1 / 12.0) / 20;

        Interval interval = new Bootstrap(4000, 1).of(values);

        assertThat(interval.mean())
                .isCloseTo(
                        IntStream.range(0, 400).mapToDouble(i -> values[i]).average().orElseThrow(),
                        within(1e-12));
        assertThat(interval.high() - interval.mean()).isCloseTo(half, within(half / 10));
        assertThat(interval.mean() - interval.low()).isCloseTo(half, within(half / 10));
    }

    @Test
    void drawsTheSameForTheSameSeedAlone() {
        assertThat(new Bootstrap(500, 1).of(values)).isEqualTo(new Bootstrap(500, 1).of(values));
        assertThat(new Bootstrap(500, 1).of(values)).isNotEqualTo(new Bootstrap(500, 2).of(values));
    }
}
