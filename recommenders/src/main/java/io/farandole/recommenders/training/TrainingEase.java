package io.farandole.recommenders.training;

import io.farandole.recommenders.model.ItemWeights;
import io.farandole.recommenders.model.ModelSpec;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * EASE in closed form (Steck 2019): with P = (XᵀX + λI)⁻¹, the weight from item i to item j is
 * −P(i,j) / P(j,j), and 0 on the diagonal; X is users × items, 1 where the user liked the item.
 */
final class TrainingEase {

    private TrainingEase() {}

    /** The items that enter the matrix, ascending. */
    static int[] dense(Acts acts, ModelSpec.Ease spec) {
        int[] support = acts.support();
        return IntStream.range(0, support.length)
                .filter(item -> support[item] >= spec.support())
                .toArray();
    }

    static ItemWeights.Dense train(Acts acts, int[] items, ModelSpec.Ease spec, Progress progress) {
        String size = String.format(Locale.ROOT, "%,d x %,d", items.length, items.length);
        try (SymmetricMatrix matrix = new SymmetricMatrix(items.length)) {
            progress.at("counting pairs, " + size, 0, 3);
            count(acts, items, matrix);
            for (int i = 0; i < items.length; i++) {
                matrix.set(i, i, matrix.get(i, i) + spec.lambda());
            }
            progress.at("inverting, " + size, 1, 3);
            matrix.invert();
            progress.at("weighing, " + size, 2, 3);
            float[][] rows = weights(matrix);
            progress.at("weighing, " + size, 3, 3);
            return new ItemWeights.Dense(items, rows);
        }
    }

    /**
     * XᵀX: how many users liked both. Whole numbers, so that the order of adding does not matter.
     */
    private static void count(Acts acts, int[] items, SymmetricMatrix matrix) {
        int[] placeOf = new int[acts.itemCount()];
        Arrays.fill(placeOf, -1);
        for (int place = 0; place < items.length; place++) {
            placeOf[items[place]] = place;
        }
        for (int user = 0; user < acts.userCount(); user++) {
            int[] places =
                    Arrays.stream(acts.likedBy(user))
                            .map(item -> placeOf[item])
                            .filter(place -> place >= 0)
                            .toArray();
            for (int i = 0; i < places.length; i++) {
                for (int j = 0; j <= i; j++) {
                    matrix.set(places[i], places[j], matrix.get(places[i], places[j]) + 1);
                }
            }
        }
    }

    private static float[][] weights(SymmetricMatrix inverse) {
        int size = inverse.size();
        float[][] rows = new float[size][size];
        IntStream.range(0, size)
                .parallel()
                .forEach(
                        i -> {
                            for (int j = 0; j < size; j++) {
                                if (i != j) {
                                    rows[i][j] = (float) (-inverse.get(i, j) / inverse.get(j, j));
                                }
                            }
                        });
        return rows;
    }
}
