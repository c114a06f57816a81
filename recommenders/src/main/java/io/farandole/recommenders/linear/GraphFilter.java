package io.farandole.recommenders.linear;

import io.farandole.recommenders.model.ItemWeights;
import io.farandole.recommenders.model.ModelSpec;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.bytedeco.openblas.global.openblas;

/**
 * A filter of the graph of users and items in closed form (Shen et al., CIKM 2021, "How powerful is
 * graph convolution for recommendation?": GF-CF): with M = diag(|u|^−users/2) X diag(|i|^−items)
 * and V its first right singular vectors, the weights are
 *
 * <pre>
 *   MᵀM + low · diag(|i|^−items) V Vᵀ diag(|i|^items)
 * </pre>
 *
 * GF-CF is users = 1, items = ½, low = 0.3. Other exponents are those of Peng et al. (KDD 2024,
 * "How powerful is graph filtering for recommendation?"): which are best depends on how skewed the
 * data is.
 */
public final class GraphFilter implements RowWise {

    private final Pairs pairs;
    private final double[] factors;
    private final float[] inverse;
    private final ModelSpec.Graph spec;
    private final float[] vectors;
    private final int rank;

    /** Of these rows. */
    private float[] low = new float[0];

    private int[] lowOf = new int[0];

    public GraphFilter(Signals signals, ModelSpec.Graph spec, long seed) {
        this.pairs = new Pairs(signals, signals.userFactors(spec.users()));
        this.factors = signals.itemFactors(spec.items());
        this.inverse = new float[factors.length];
        for (int item = 0; item < inverse.length; item++) {
            inverse[item] = factors[item] > 0 ? (float) (1 / factors[item]) : 0;
        }
        this.spec = spec;
        this.vectors =
                spec.low() > 0 && factors.length > 0
                        ? new Eigenvectors(signals, signals.userFactors(spec.users() / 2), factors)
                                .first(spec.rank(), seed)
                        : new float[0];
        this.rank = factors.length == 0 ? 0 : vectors.length / factors.length;
    }

    /** The same for each item, at most so many. */
    public ItemWeights weights(int keep, IntPredicate wanted) {
        return RowWise.keep(this, factors.length, keep, wanted);
    }

    @Override
    public void prepare(int[] items) {
        if (rank > 0) {
            low = lowPass(items);
            lowOf = items;
        }
    }

    @Override
    public float[] row(int item) {
        int size = factors.length;
        double[] products = new double[size];
        pairs.addRow(item, products);
        float[] row = new float[size];
        for (int other = 0; other < size; other++) {
            row[other] = (float) (products[other] * factors[item] * factors[other]);
        }
        if (rank > 0) {
            addLow(row, Arrays.binarySearch(lowOf, item) * size, item);
        }
        return row;
    }

    private void addLow(float[] row, int at, int item) {
        float share = (float) (spec.low() * factors[item]);
        for (int other = 0; other < row.length; other++) {
            row[other] += share * inverse[other] * low[at + other];
        }
    }

    private float[] lowPass(int[] items) {
        int size = factors.length;
        float[] some = new float[items.length * rank];
        for (int i = 0; i < items.length; i++) {
            System.arraycopy(vectors, items[i] * rank, some, i * rank, rank);
        }
        float[] products = new float[items.length * size];
        openblas.cblas_sgemm(
                openblas.CblasRowMajor,
                openblas.CblasNoTrans,
                openblas.CblasTrans,
                items.length,
                size,
                rank,
                1,
                some,
                rank,
                vectors,
                rank,
                0,
                products,
                size);
        return products;
    }
}
