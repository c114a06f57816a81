package io.farandole.recommenders.linear;

import io.farandole.recommenders.model.Factors;
import java.util.Arrays;
import org.bytedeco.openblas.global.openblas;

/**
 * The scores of items' factors, which are no sum of what is between items: each history needs a
 * system of equations.
 */
public record FactorScores(Factors factors) implements Scoring {

    @Override
    public Block of(int[][] pasts, float[][] weights) {
        float[][] users = new float[pasts.length][];
        Arrays.parallelSetAll(users, at -> factors.folded(pasts[at], weights[at]));
        float[] products = products(users);
        return (at, factor, scores) -> {
            int start = at * scores.length;
            for (int item = 0; item < scores.length; item++) {
                scores[item] += factor * products[start + item];
            }
        };
    }

    private float[] products(float[][] users) {
        int rank = factors.rank();
        float[] all = new float[users.length * rank];
        for (int at = 0; at < users.length; at++) {
            System.arraycopy(users[at], 0, all, at * rank, rank);
        }
        float[] products = new float[Math.multiplyExact(users.length, factors.count())];
        openblas.cblas_sgemm(
                openblas.CblasRowMajor,
                openblas.CblasNoTrans,
                openblas.CblasTrans,
                users.length,
                factors.count(),
                rank,
                1,
                all,
                rank,
                factors.rows(),
                rank,
                0,
                products,
                factors.count());
        return products;
    }

    /** Of a history of this item alone. */
    @Override
    public float[] row(int item) {
        float[] scores = new float[factors.count()];
        of(new int[][] {{item}}, new float[][] {{1}}).add(0, 1, scores);
        return scores;
    }
}
