package io.farandole.recommenders.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.farandole.recommenders.dataset.Interaction;
import io.farandole.recommenders.model.ModelSpec;
import io.farandole.recommenders.model.TrainedModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The closed form against a naive inverse. */
class TrainingEaseTest {

    private static final double LAMBDA = 3;

    @Test
    void weighsAsTheFormulaWithANaiveInverseDoes() {
        int users = 30;
        int items = 12;
        double[][] x = new double[users][items];
        List<Interaction> interactions = new ArrayList<>();
        Random random = new Random(7);
        for (int user = 0; user < users; user++) {
            for (int item = 0; item < items; item++) {
                if (random.nextInt(3) == 0) {
                    x[user][item] = 1;
                    interactions.add(act("u" + user, id(item)));
                }
            }
        }
        double[][] expected = weights(x, items);

        TrainedModel model = Training.train(new ModelSpec.Ease(LAMBDA, 1), interactions);

        for (int from = 0; from < items; from++) {
            var none = model.fold(Map.of());
            var one = model.fold(Map.of(id(from), 1.0));
            for (int to = 0; to < items; to++) {
                assertThat(one.score(id(to)) - none.score(id(to)))
                        .isCloseTo(expected[from][to], within(1e-6));
            }
        }
    }

    /** −P(i,j)/P(j,j), P the inverse of XᵀX + λI by Gauss and Jordan. */
    private static double[][] weights(double[][] x, int items) {
        double[][] gram = new double[items][items];
        for (double[] row : x) {
            for (int i = 0; i < items; i++) {
                for (int j = 0; j < items; j++) {
                    gram[i][j] += row[i] * row[j];
                }
            }
        }
        for (int i = 0; i < items; i++) {
            gram[i][i] += LAMBDA;
        }
        double[][] p = inverse(gram);
        double[][] weights = new double[items][items];
        for (int i = 0; i < items; i++) {
            for (int j = 0; j < items; j++) {
                weights[i][j] = i == j ? 0 : -p[i][j] / p[j][j];
            }
        }
        return weights;
    }

    private static double[][] inverse(double[][] matrix) {
        int n = matrix.length;
        double[][] inverse = new double[n][n];
        for (int i = 0; i < n; i++) {
            inverse[i][i] = 1;
        }
        for (int pivot = 0; pivot < n; pivot++) {
            double by = matrix[pivot][pivot];
            for (int column = 0; column < n; column++) {
                matrix[pivot][column] /= by;
                inverse[pivot][column] /= by;
            }
            for (int row = 0; row < n; row++) {
                double factor = matrix[row][pivot];
                for (int column = 0; row != pivot && column < n; column++) {
                    matrix[row][column] -= factor * matrix[pivot][column];
                    inverse[row][column] -= factor * inverse[pivot][column];
                }
            }
        }
        return inverse;
    }

    private static String id(int item) {
        return "item-" + (char) ('a' + item);
    }

    private static Interaction act(String user, String item) {
        return Interaction.of(user, item, Instant.EPOCH);
    }
}
