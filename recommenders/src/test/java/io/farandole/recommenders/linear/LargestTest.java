package io.farandole.recommenders.linear;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LargestTest {

    @Test
    void keepsWhatASortWouldKeep() {
        Random random = new Random(5);
        for (int round = 0; round < 500; round++) {
            // Each tenth is so long that a sample is drawn.
            float[] row = new float[1 + random.nextInt(round % 10 == 0 ? 4_000 : 40)];
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextInt(round % 3 == 0 ? 9_000 : 9) - 3;
            }
            int skipped = random.nextInt(row.length);
            int keep = random.nextInt(45);
            int[] expected =
                    IntStream.range(0, row.length)
                            .filter(i -> i != skipped && row[i] != 0)
                            .boxed()
                            .sorted(Comparator.comparingDouble(i -> -Math.abs(row[i])))
                            .limit(keep)
                            .mapToInt(i -> i)
                            .sorted()
                            .toArray();

            assertThat(Largest.columns(row, skipped, keep)).containsExactly(expected);
        }
    }
}
