package io.farandole.recommenders.linear;

import io.farandole.recommenders.model.Best;
import io.farandole.recommenders.model.Cholesky;
import io.farandole.recommenders.model.ItemWeights;
import io.farandole.recommenders.model.ModelSpec;
import io.farandole.recommenders.model.SparseRows;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * {@link Ridge} for more items than fit in one matrix: each item is regressed on its nearest alone,
 * by cosine, as Ning and Karypis (2011, "SLIM", section 4.4: fsSLIM) choose them; its small system
 * of equations is solved exactly.
 */
final class NearRidge {

    private static final int BLOCK = 64;

    /** In acts: two items that few have in common are near by chance. */
    private static final double SHRINK = 5;

    private final Signals signals;
    private final int most;
    private final Ridge ridge;
    private final Pairs pairs;
    private final double[] userWeights;
    private final double[] norms;

    /** Of acts of the mean weight. */
    private final double shrink;

    NearRidge(Signals signals, ModelSpec.Ease spec, Ridge ridge, Pairs pairs) {
        this.signals = signals;
        this.most = spec.neighbours();
        this.ridge = ridge;
        this.pairs = pairs;
        this.userWeights = signals.userFactors(spec.users());
        this.norms = new double[signals.itemCount()];
        double sum = 0;
        for (int item = 0; item < norms.length; item++) {
            double square = 0;
            int[] users = signals.byItem().items()[item];
            float[] weights = signals.byItem().weights()[item];
            for (int u = 0; u < users.length; u++) {
                square += userWeights[users[u]] * weights[u] * weights[u];
            }
            norms[item] = Math.sqrt(square);
            sum += square;
        }
        this.shrink = SHRINK * sum / Math.max(1, Arrays.stream(signals.byItem().sums()).sum());
    }

    /**
     * @param wanted items to which there are to be weights
     */
    ItemWeights.Sparse weights(IntPredicate wanted) {
        int size = norms.length;
        int[][] from = new int[size][];
        float[][] weights = new float[size][];
        Arrays.fill(from, new int[0]);
        Arrays.fill(weights, new float[0]);
        IntStream.range(0, Math.ceilDiv(size, BLOCK))
                .parallel()
                .forEach(
                        block -> {
                            Regression regression = new Regression();
                            int end = Math.min((block + 1) * BLOCK, size);
                            for (int item = block * BLOCK; item < end; item++) {
                                if (wanted.test(item)) {
                                    regression.of(item, from, weights);
                                }
                            }
                        });
        return new ItemWeights.Sparse(SparseRows.of(from, weights).transposed(size));
    }

    /** One thread's working memory. */
    private final class Regression {

        private final double[] products = new double[norms.length];
        private final float[][] system = new float[most][];
        private final int[] lastOf = new int[signals.byUser().items().length];
        private int[] previous = new int[1024];
        private int[] place = new int[1024];
        private float[] act = new float[1024];

        Regression() {
            Arrays.fill(lastOf, -1);
        }

        void of(int item, int[][] from, float[][] weights) {
            Arrays.fill(products, 0);
            pairs.addRow(item, products);
            int[] near = nearest(item);
            float[] solution = new float[near.length];
            for (int i = 0; i < near.length; i++) {
                solution[i] = (float) products[near[i]];
                system[i] = new float[near.length];
            }
            fill(near);
            Cholesky.solve(system, solution);
            double tilt = ridge.tilt(item);
            for (int i = 0; i < near.length; i++) {
                solution[i] *= (float) (ridge.tilt(near[i]) / tilt);
            }
            from[item] = near;
            weights[item] = solution;
        }

        private int[] nearest(int item) {
            Best best = new Best(Math.min(most, products.length));
            for (int other = 0; other < products.length; other++) {
                if (products[other] > 0 && other != item) {
                    best.offer(
                            other,
                            (float) (products[other] / (norms[item] * norms[other] + shrink)));
                }
            }
            int[] near = new int[best.size()];
            int[] next = {0};
            best.forEachBestFirst((other, _) -> near[next[0]++] = other);
            Arrays.sort(near);
            return near;
        }

        /**
         * The lower triangle of XᵀWX + Λ of these items: each user's chain of the items so far is
         * gone through when a further one comes.
         */
        private void fill(int[] near) {
            int chained = 0;
            for (int row = 0; row < near.length; row++) {
                int[] users = signals.byItem().items()[near[row]];
                float[] acts = signals.byItem().weights()[near[row]];
                makeRoom(chained + users.length);
                float[] sums = system[row];
                for (int u = 0; u < users.length; u++) {
                    int user = users[u];
                    previous[chained] = lastOf[user];
                    place[chained] = row;
                    act[chained] = acts[u];
                    lastOf[user] = chained;
                    float weight = (float) userWeights[user] * acts[u];
                    for (int link = chained; link >= 0; link = previous[link]) {
                        sums[place[link]] += weight * act[link];
                    }
                    chained++;
                }
                sums[row] += (float) ridge.lambda(near[row]);
            }
            for (int item : near) {
                for (int user : signals.byItem().items()[item]) {
                    lastOf[user] = -1;
                }
            }
        }

        private void makeRoom(int needed) {
            if (needed > previous.length) {
                int length = Math.max(needed, 2 * previous.length);
                previous = Arrays.copyOf(previous, length);
                place = Arrays.copyOf(place, length);
                act = Arrays.copyOf(act, length);
            }
        }
    }
}
