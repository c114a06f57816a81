package io.farandole.recommenders.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.farandole.recommenders.model.Factors;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeastSquaresTest {

    private static final int RANK = 7;
    private static final int ITEMS = 900;

    /** More than a thread takes at once. */
    private static final int ROWS = 300;

    private final Random random = new Random(5);
    private final Factors items = new Factors(normal(ITEMS * RANK), RANK, 0.1, 0.01);
    private final WeightedRows acts = acts();

    @Test
    void foldsInWhatIsFoldedInOneByOne() {
        float[] found = LeastSquares.fold(acts, items);

        for (int row = 0; row < ROWS; row++) {
            float[] alone = items.folded(acts.items()[row], acts.weights()[row]);
            for (int i = 0; i < RANK; i++) {
                assertThat(found[row * RANK + i])
                        .as("factor %d of row %d", i, row)
                        .isCloseTo(alone[i], within(1e-4f));
            }
        }
    }

    @Test
    void isTheSameBitByBitEachTime() {
        assertThat(LeastSquares.fold(acts, items)).isEqualTo(LeastSquares.fold(acts, items));
    }

    /** Nobody, some, more than are added at once; likes, dislikes, and what counts nothing. */
    private WeightedRows acts() {
        int[][] met = new int[ROWS][];
        float[][] counts = new float[ROWS][];
        for (int row = 0; row < ROWS; row++) {
            int length = row % 3 == 0 ? row : 20;
            met[row] =
                    IntStream.generate(() -> random.nextInt(ITEMS))
                            .distinct()
                            .limit(row == 1 ? 700 : length)
                            .sorted()
                            .toArray();
            counts[row] = new float[met[row].length];
            for (int at = 0; at < met[row].length; at++) {
                counts[row][at] = random.nextInt(-1, 4) * 0.5f;
            }
        }
        Arrays.fill(counts[2], 0);
        return new WeightedRows(ITEMS, met, counts);
    }

    private float[] normal(int size) {
        float[] numbers = new float[size];
        for (int at = 0; at < size; at++) {
            numbers[at] = (float) random.nextGaussian();
        }
        return numbers;
    }
}
