package io.farandole.recommenders.linear;

import io.farandole.recommenders.model.ItemWeights;
import io.farandole.recommenders.model.ModelSpec;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.bytedeco.openblas.global.openblas;

/**
 * A filter of the graph of users and items in closed form. With M = diag(|u|^−users/2) X
 * diag(|i|^−items), P = MᵀM and V its first eigenvectors, the weights are
 *
 * <pre>
 *   (P + low · diag(|i|^−items) V Vᵀ diag(|i|^items)) p(sharpen · P / |P|)
 *   p(x) = 1 − x + x²/2 − x³/6 + x⁴/24
 * </pre>
 *
 * Without sharpening, and with users = 1, items = ½, low = 0.3, it is GF-CF (Shen et al., CIKM
 * 2021, "How powerful is graph convolution for recommendation?"). Other exponents are those of Peng
 * et al. (KDD 2024, "How powerful is graph filtering for recommendation?"): which are best depends
 * on how skewed the data is. The sharpening is that of BSPM (Choi et al., SIGIR 2023,
 * "Blurring-sharpening process models for collaborative filtering", early merge, one Runge-Kutta
 * step of fourth order); |P| is the largest eigenvalue, which with GF-CF's exponents is 1.
 *
 * <p>P is never multiplied with itself: it is sharpened along the first eigenvectors alone. The
 * rest of the spectrum is near 0, where p is 1.
 */
public final class GraphFilter implements Scoring {

    private static final int[] RUNGE_KUTTA = {4, 3, 2, 1};

    private final Signals signals;
    private final Pairs pairs;
    private final double[] userWeights;
    private final double[] factors;
    private final ModelSpec.Graph spec;

    /** Of the sharpening, for eigenvalues as they are. */
    private final double strength;

    /** The weights are P + left · rightᵀ, both [item · width + column]. */
    private final float[] left;

    private final float[] right;
    private final int width;

    /** What an item says of itself, which no history needs. */
    private final float[] diagonal;

    /** Of these rows. */
    private float[] low = new float[0];

    private int[] lowOf = new int[0];

    public GraphFilter(Signals signals, ModelSpec.Graph spec, Spectra spectra) {
        this.signals = signals;
        this.userWeights = signals.userFactors(spec.users());
        this.pairs = new Pairs(signals, userWeights);
        this.factors = signals.itemFactors(spec.items());
        this.spec = spec;
        Spectrum spectrum = spectra.of(spec);
        int rank = spectrum.rank();
        boolean isSharpened = spec.sharpen() > 0 && rank > 0 && spectrum.values()[0] > 0;
        this.strength = isSharpened ? spec.sharpen() / spectrum.values()[0] : 0;
        this.width = (spec.low() > 0 ? rank : 0) + (isSharpened ? rank : 0);
        this.left = new float[factors.length * width];
        this.right = new float[left.length];
        int at = 0;
        if (isSharpened) {
            putCorrection(spectrum);
            at = rank;
        }
        if (spec.low() > 0 && rank > 0) {
            putLowPass(spectrum, at);
        }
        this.diagonal = diagonal();
    }

    private float[] diagonal() {
        float[] found = new float[factors.length];
        for (int item = 0; item < found.length; item++) {
            double sum = 0;
            int[] users = signals.byItem().items()[item];
            float[] acts = signals.byItem().weights()[item];
            for (int u = 0; u < users.length; u++) {
                sum += userWeights[users[u]] * acts[u] * acts[u];
            }
            sum *= factors[item] * factors[item];
            for (int column = item * width; column < (item + 1) * width; column++) {
                sum += left[column] * right[column];
            }
            found[item] = (float) sum;
        }
        return found;
    }

    /** p. */
    private double sharpened(double eigenvalue) {
        double x = strength * eigenvalue;
        double value = 1;
        for (int divisor : RUNGE_KUTTA) {
            value = 1 - x / divisor * value;
        }
        return value;
    }

    /** V (λ p(λ) − λ) Vᵀ. */
    private void putCorrection(Spectrum spectrum) {
        for (int vector = 0; vector < spectrum.rank(); vector++) {
            float value = spectrum.values()[vector];
            float apart = (float) (value * (sharpened(value) - 1));
            for (int item = 0; item < factors.length; item++) {
                float entry = spectrum.vectors()[item * spectrum.stride() + vector];
                left[item * width + vector] = apart * entry;
                right[item * width + vector] = entry;
            }
        }
    }

    private void putLowPass(Spectrum spectrum, int at) {
        int rank = spectrum.rank();
        float[] columns = new float[factors.length * rank];
        for (int item = 0; item < factors.length; item++) {
            float share = (float) (spec.low() * factors[item]);
            float inverse = factors[item] > 0 ? (float) (1 / factors[item]) : 0;
            for (int vector = 0; vector < rank; vector++) {
                float entry = spectrum.vectors()[item * spectrum.stride() + vector];
                left[item * width + at + vector] = share * entry;
                columns[item * rank + vector] = inverse * entry;
            }
        }
        float[] sharp = sharpened(columns, rank);
        for (int item = 0; item < factors.length; item++) {
            System.arraycopy(sharp, item * rank, right, item * width + at, rank);
        }
    }

    /** p(P) times some columns, from the inside out. */
    private float[] sharpened(float[] columns, int rank) {
        if (strength == 0) {
            return columns;
        }
        Eigenvectors matrix =
                new Eigenvectors(signals, signals.userFactors(spec.users() / 2), factors);
        float[] value = columns;
        for (int divisor : RUNGE_KUTTA) {
            float[] next = matrix.times(value, rank);
            float step = (float) (strength / divisor);
            for (int i = 0; i < next.length; i++) {
                next[i] = columns[i] - step * next[i];
            }
            value = next;
        }
        return value;
    }

    /** The same for each item, at most so many. */
    public ItemWeights weights(int keep, IntPredicate wanted) {
        return RowWise.keep(this, factors.length, keep, wanted);
    }

    @Override
    public void prepare(int[] items) {
        if (width > 0) {
            float[] some = new float[items.length * width];
            for (int i = 0; i < items.length; i++) {
                System.arraycopy(left, items[i] * width, some, i * width, width);
            }
            low = timesRight(some, items.length);
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
        if (width > 0) {
            add(low, Arrays.binarySearch(lowOf, item) * size, 1, row);
        }
        return row;
    }

    /** Without weights between items: by way of the users that met what a history holds. */
    @Override
    public Block of(int[][] pasts, float[][] weights) {
        int size = factors.length;
        float[] smooth =
                width > 0 ? timesRight(folded(pasts, weights), pasts.length) : new float[0];
        return (at, factor, scores) -> {
            double[] products = new double[size];
            addProducts(pasts[at], weights[at], products);
            for (int other = 0; other < size; other++) {
                scores[other] += (float) (products[other] * factors[other] * factor);
            }
            if (width > 0) {
                add(smooth, at * size, factor, scores);
            }
            for (int i = 0; i < pasts[at].length; i++) {
                scores[pasts[at][i]] -= factor * weights[at][i] * diagonal[pasts[at][i]];
            }
        };
    }

    private float[] folded(int[][] pasts, float[][] weights) {
        float[] folded = new float[pasts.length * width];
        for (int at = 0; at < pasts.length; at++) {
            for (int i = 0; i < pasts[at].length; i++) {
                for (int column = 0; column < width; column++) {
                    folded[at * width + column] +=
                            weights[at][i] * left[pasts[at][i] * width + column];
                }
            }
        }
        return folded;
    }

    private void addProducts(int[] past, float[] weights, double[] products) {
        double[] ofUsers = new double[userWeights.length];
        for (int i = 0; i < past.length; i++) {
            if (weights[i] == 0) {
                continue;
            }
            int[] users = signals.byItem().items()[past[i]];
            float[] acts = signals.byItem().weights()[past[i]];
            for (int u = 0; u < users.length; u++) {
                ofUsers[users[u]] += weights[i] * factors[past[i]] * acts[u];
            }
        }
        for (int user = 0; user < ofUsers.length; user++) {
            if (ofUsers[user] == 0) {
                continue;
            }
            double weight = ofUsers[user] * userWeights[user];
            int[] items = signals.byUser().items()[user];
            float[] acts = signals.byUser().weights()[user];
            for (int i = 0; i < items.length; i++) {
                products[items[i]] += weight * acts[i];
            }
        }
    }

    private static void add(float[] from, int start, float factor, float[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] += factor * from[start + i];
        }
    }

    private float[] timesRight(float[] some, int rows) {
        int size = factors.length;
        float[] products = new float[rows * size];
        openblas.cblas_sgemm(
                openblas.CblasRowMajor,
                openblas.CblasNoTrans,
                openblas.CblasTrans,
                rows,
                size,
                width,
                1,
                some,
                width,
                right,
                width,
                0,
                products,
                size);
        return products;
    }
}
