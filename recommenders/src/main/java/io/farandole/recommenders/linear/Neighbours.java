package io.farandole.recommenders.linear;

import io.farandole.recommenders.model.Best;
import io.farandole.recommenders.model.SparseRows;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Each item's nearest others, by the shrunk cosine of their columns x of a users × items matrix,
 *
 * <pre>
 *   cosine(i, j) = x(i)·x(j) / (|x(i)| |x(j)| + shrink)
 * </pre>
 *
 * (Herlocker et al. 2002 for the shrinking): two items that few have in common are alike by chance.
 */
public final class Neighbours {

    /** How many similar items a model keeps of each item. */
    public static final int SIMILAR = 50;

    /** What was met and not liked still tells which items are of one kind, a little. */
    public static final float NOT_LIKED = 0.1f;

    private static final int BLOCK = 128;

    private final WeightedRows byUser;
    private final WeightedRows byItem;
    private final double[] norms;
    private final double shrink;

    public Neighbours(WeightedRows byUser, double shrink) {
        this.byUser = byUser;
        this.byItem = byUser.transposed();
        this.shrink = shrink;
        this.norms = new double[byUser.columns()];
        for (int item = 0; item < norms.length; item++) {
            double sum = 0;
            for (float weight : byItem.weights()[item]) {
                sum += (double) weight * weight;
            }
            norms[item] = Math.sqrt(sum);
        }
    }

    @SuppressWarnings(
            "ArrayRecordComponent") // matrices are never compared, and copying them would cost
    private record Row(int[] items, float[] cosines) {}

    /** Each item's nearest, the best first; of equals the one with the smaller id is first. */
    public SparseRows nearest(int most) {
        int size = norms.length;
        Row[] rows = new Row[size];
        // Rows do not depend on each other, so that the number of threads does not matter.
        IntStream.range(0, Math.ceilDiv(size, BLOCK))
                .parallel()
                .forEach(block -> fill(rows, block * BLOCK, most));
        int[] starts = new int[size + 1];
        for (int item = 0; item < size; item++) {
            starts[item + 1] = starts[item] + rows[item].items.length;
        }
        int[] items = new int[starts[size]];
        float[] cosines = new float[items.length];
        for (int item = 0; item < size; item++) {
            int length = rows[item].items.length;
            System.arraycopy(rows[item].items, 0, items, starts[item], length);
            System.arraycopy(rows[item].cosines, 0, cosines, starts[item], length);
        }
        return new SparseRows(starts, items, cosines);
    }

    private void fill(Row[] rows, int from, int most) {
        double[] products = new double[norms.length];
        for (int item = from; item < Math.min(from + BLOCK, rows.length); item++) {
            Arrays.fill(products, 0);
            multiply(item, products);
            rows[item] = best(item, products, most);
        }
    }

    /** The item's column times the whole matrix. */
    private void multiply(int item, double[] products) {
        int[] users = byItem.items()[item];
        for (int u = 0; u < users.length; u++) {
            double weight = byItem.weights()[item][u];
            int[] others = byUser.items()[users[u]];
            float[] weights = byUser.weights()[users[u]];
            for (int i = 0; i < others.length; i++) {
                products[others[i]] += weight * weights[i];
            }
        }
    }

    private Row best(int item, double[] products, int most) {
        Best best = new Best(Math.min(most, products.length));
        for (int other = 0; other < products.length; other++) {
            if (products[other] > 0 && other != item) {
                best.offer(
                        other, (float) (products[other] / (norms[item] * norms[other] + shrink)));
            }
        }
        int[] items = new int[best.size()];
        float[] cosines = new float[items.length];
        int[] place = {0};
        best.forEachBestFirst(
                (other, cosine) -> {
                    items[place[0]] = other;
                    cosines[place[0]++] = cosine;
                });
        return new Row(items, cosines);
    }
}
