package io.farandole.recommenders.linear;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.recommenders.model.Factors;
import io.farandole.recommenders.model.ModelSpec;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AlternatingTest {

    private static final int USERS = 90;
    private static final int ITEMS = 30;

    private final int[][] rows = rows();
    private final Signals signals = signals();

    @Test
    void eachIterationLowersTheLoss() {
        double before = Double.POSITIVE_INFINITY;
        for (int iterations = 1; iterations <= 6; iterations++) {
            double loss = loss(factors(iterations));
            assertThat(loss).isLessThan(before);
            before = loss;
        }
    }

    @Test
    void findsTheKinds() {
        Scoring.Block scored =
                new FactorScores(factors(10))
                        .of(new int[][] {{0, 3, 6}}, new float[][] {{1, 1, 1}});
        float[] scores = new float[ITEMS];
        scored.add(0, 1, scores);

        double[] ofKinds = new double[3];
        for (int item = 9; item < ITEMS; item++) {
            ofKinds[item % 3] += scores[item];
        }
        assertThat(ofKinds[0]).isGreaterThan(3 * Math.max(ofKinds[1], ofKinds[2]));
    }

    private Factors factors(int iterations) {
        return new Alternating(signals, new ModelSpec.Ials(6, 0.01, 0.1, iterations))
                .items(1, (_, _, _) -> {});
    }

    /** Rendle et al. 2022, equations 1 to 4, over all pairs; users are the best for these items. */
    private double loss(Factors items) {
        double loss = 0;
        int[] counts = new int[ITEMS];
        double[] norms = new double[ITEMS];
        for (int item = 0; item < ITEMS; item++) {
            for (int i = 0; i < items.rank(); i++) {
                norms[item] += Math.pow(items.rows()[item * items.rank() + i], 2);
            }
        }
        for (int[] row : rows) {
            float[] ones = new float[row.length];
            Arrays.fill(ones, 1);
            float[] user = items.folded(row, ones);
            for (int item = 0; item < ITEMS; item++) {
                double score = items.product(user, item);
                loss += 0.1 * score * score;
                if (Arrays.binarySearch(row, item) >= 0) {
                    loss += (score - 1) * (score - 1);
                    counts[item]++;
                }
            }
            double norm = IntStream.range(0, user.length).mapToDouble(i -> user[i] * user[i]).sum();
            loss += 0.01 * (row.length + 0.1 * ITEMS) * norm;
        }
        for (int item = 0; item < ITEMS; item++) {
            loss += 0.01 * (counts[item] + 0.1 * USERS) * norms[item];
        }
        return loss;
    }

    private static int[][] rows() {
        Random random = new Random(2);
        int[][] rows = new int[USERS][];
        for (int user = 0; user < USERS; user++) {
            int kind = user % 3;
            rows[user] =
                    IntStream.range(0, ITEMS)
                            .filter(i -> random.nextInt(i % 3 == kind ? 2 : 12) == 0)
                            .toArray();
        }
        return rows;
    }

    private Signals signals() {
        float[][] ones = new float[USERS][];
        for (int user = 0; user < USERS; user++) {
            ones[user] = new float[rows[user].length];
            Arrays.fill(ones[user], 1);
        }
        return Signals.of(new WeightedRows(ITEMS, rows, ones), rows);
    }
}
