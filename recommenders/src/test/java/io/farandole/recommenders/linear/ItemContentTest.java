package io.farandole.recommenders.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.farandole.recommenders.dataset.ItemFacts;
import io.farandole.recommenders.model.Factors;
import io.farandole.recommenders.model.ItemWeights;
import io.farandole.recommenders.model.SparseRows;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ItemContentTest {

    private static final Offset<Double> NEAR = within(1e-5);

    /** What is thought of who was met by nobody, as if by half a user. */
    private static final double UNMET = 0.5 / 5.5;

    private static final String[] ITEMS = {"a", "b", "c", "d", "e", "f"};

    private final ItemContent content =
            new ItemContent(
                    ITEMS,
                    new ItemFacts(
                            Map.of(
                                    "a", List.of("g=x", "g=y", "t~one", "t~two"),
                                    "b", List.of("g=x", "t~two", "t~one"),
                                    "c", List.of("g=y", "t~one"),
                                    "d", List.of("g=x"),
                                    "e", List.of("g=alone", "t~lonely"))));

    @Test
    void itemsAreAsAlikeAsTheMeanOfTheirColumns() {
        // By hand: x is shared by 3, y by 2, one by 3, two by 2 of the 6.
        double x = Math.log(7 / 3.0);
        double y = Math.log(7 / 2.0);
        double genres = x / Math.hypot(x, y);
        double title = x / Math.hypot(x, y);
        SparseRows nearest = content.nearest(5);

        assertThat((double) nearest.at(0, 1)).isCloseTo((genres + 1) / 2, NEAR);
        assertThat((double) nearest.at(0, 2)).isCloseTo((y / Math.hypot(x, y) + title) / 2, NEAR);
        assertThat((double) nearest.at(1, 3)).isCloseTo(1 / Math.sqrt(2), NEAR);
        assertThat(nearest.starts()[5])
                .as("e has nothing in common")
                .isEqualTo(nearest.starts()[4]);
    }

    @Test
    void whatIsToldInTheSameWordsIsTheSame() {
        assertThat(content.areDuplicates(0, 1)).isTrue();
        assertThat(content.areDuplicates(0, 2)).isFalse();
        assertThat(content.areDuplicates(3, 5)).as("without words").isFalse();
    }

    @Test
    void similarItemsAreFilledUpBehindThoseThatTheSameMet() {
        // a was met with b, its duplicate, and with e; nobody met d.
        SparseRows met =
                SparseRows.of(
                        new int[][] {{1, 4}, {0}, {}, {}, {0}, {}},
                        new float[][] {{0.9f, 0.4f}, {0.9f}, {}, {}, {0.4f}, {}});

        SparseRows similar = content.added(met, 3);

        assertThat(row(similar, 0)).startsWith(4).doesNotContain(0, 1).hasSize(3);
        assertThat(row(similar, 3)).contains(1, 0).doesNotContain(3);
        assertThat(similar.at(0, 2)).isLessThan(0.4f).isPositive();
        assertThat(row(similar, 5)).isEmpty();
    }

    @Test
    void whatNobodyMetBorrowsFromWhatIsAlike() {
        // d and f were met by nobody; of f nothing is known.
        int[][] rows = {{0, 1, 2}, {0, 1}, {2, 4}, {1, 4}};
        float[][] ones =
                Arrays.stream(rows)
                        .map(
                                row -> {
                                    float[] one = new float[row.length];
                                    Arrays.fill(one, 1);
                                    return one;
                                })
                        .toArray(float[][]::new);
        Signals signals = Signals.of(new WeightedRows(6, rows, ones), rows, content);
        float[][] known = new float[6][6];
        Random random = new Random(1);
        for (int i : new int[] {0, 1, 2, 4}) {
            for (int j : new int[] {0, 1, 2, 4}) {
                known[i][j] = i == j ? 0 : random.nextFloat();
            }
        }
        // The formula, written out.
        double ofA = content.nearest(5).at(3, 0) * 2 / 7.0;
        double ofB = content.nearest(5).at(3, 1) * 3 / 8.0;
        double sum = ofA + ofB + 0.5;
        double[] expected = new double[6];
        for (int from : new int[] {0, 1, 2, 4}) {
            double toA = from == 0 ? largest(known, 0) : known[from][0];
            double toB = from == 1 ? largest(known, 1) : known[from][1];
            expected[from] = (ofA * toA + ofB * toB) / sum;
        }

        ItemWeights sparse =
                Borrowing.complete(new ItemWeights.Sparse(sparse(known)), signals, content);
        ItemWeights dense =
                Borrowing.complete(
                        new ItemWeights.Dense(
                                new int[] {0, 1, 2, 4},
                                new float[][] {
                                    without(known[0]),
                                    without(known[1]),
                                    without(known[2]),
                                    without(known[4])
                                }),
                        signals,
                        content);

        for (ItemWeights weights : List.of(sparse, dense)) {
            Scores scores = new Scores(weights, 6);
            for (int from : new int[] {0, 1, 2, 4}) {
                assertThat((double) scores.row(from)[3]).isCloseTo(UNMET * expected[from], NEAR);
                assertThat(scores.row(from)[5]).isZero();
                for (int to : new int[] {0, 1, 2, 4}) {
                    assertThat(scores.row(from)[to]).isEqualTo(known[from][to]);
                }
            }
            assertThat((double) scores.row(3)[4])
                    .as("and who meets it is recommended what is like it")
                    .isCloseTo((ofA * known[0][4] + ofB * known[1][4]) / sum, NEAR);
        }
        assertThat(
                        Borrowing.complete(
                                new ItemWeights.Factored(
                                        new Factors(new float[] {1, 2, 3, 0, 5, 0}, 1, 0.1, 0.1)),
                                signals,
                                content))
                .isInstanceOfSatisfying(
                        ItemWeights.Factored.class,
                        factored ->
                                assertThat((double) factored.factors().rows()[3])
                                        .isCloseTo(UNMET * (ofA * 1 + ofB * 2) / sum, NEAR));
    }

    private static double largest(float[][] weights, int to) {
        double largest = 0;
        for (float[] row : weights) {
            largest = Math.max(largest, row[to]);
        }
        return largest;
    }

    private static SparseRows sparse(float[][] matrix) {
        int[][] columns = new int[6][];
        float[][] values = new float[6][];
        for (int row = 0; row < 6; row++) {
            float[] all = matrix[row];
            columns[row] =
                    java.util.stream.IntStream.range(0, 6).filter(i -> all[i] != 0).toArray();
            values[row] = new float[columns[row].length];
            for (int i = 0; i < values[row].length; i++) {
                values[row][i] = all[columns[row][i]];
            }
        }
        return SparseRows.of(columns, values);
    }

    private static float[] without(float[] row) {
        return new float[] {row[0], row[1], row[2], row[4]};
    }

    private static List<Integer> row(SparseRows rows, int row) {
        return Arrays.stream(rows.columns(), rows.starts()[row], rows.starts()[row + 1])
                .boxed()
                .toList();
    }
}
