package io.farandole.recommenders.linear;

import io.farandole.recommenders.model.Factors;
import io.farandole.recommenders.model.OneThreadEach;
import java.util.stream.IntStream;

/**
 * Folds many rows in, as {@link Factors#folded} does one: OpenBLAS adds up and solves each row's
 * system in one thread, and rows are spread over all processors. Rows do not depend on each other,
 * so that the number of threads does not matter.
 */
final class LeastSquares {

    /** Rows that one thread takes at once. */
    private static final int PORTION = 128;

    private LeastSquares() {}

    /**
     * The other side's factors.
     *
     * @param acts of each row of the other side, which of these it met, and how much each counts
     * @return [row · rank + factor]
     */
    static float[] fold(WeightedRows acts, Factors these) {
        int rank = these.rank();
        int count = acts.items().length;
        float[] gramian = these.weightedGramian();
        float[] found = new float[Math.multiplyExact(count, rank)];
        try (OneThreadEach _ = OneThreadEach.open()) {
            IntStream.range(0, (count + PORTION - 1) / PORTION)
                    .parallel()
                    .forEach(
                            portion -> {
                                int from = portion * PORTION;
                                int to = Math.min(count, from + PORTION);
                                try (RowSystem system = new RowSystem(these, gramian)) {
                                    for (int row = from; row < to; row++) {
                                        system.solve(
                                                acts.items()[row],
                                                acts.weights()[row],
                                                found,
                                                row * rank);
                                    }
                                }
                            });
        }
        return found;
    }
}
