package io.farandole.recommenders.evaluation;

import java.util.Locale;

/**
 * What is measured of one user's list of K items against that user's test items T, hits being those
 * of the list that are in T; all between 0 and 1.
 */
public enum Metric {
    /**
     * Normalised discounted cumulative gain with binary relevance: the sum of 1/log₂(rank + 1) over
     * the hits, as a part of that of a list that begins with min(K, |T|) hits (Järvelin and
     * Kekäläinen 2002).
     */
    NDCG,
    /** Hits / |T|. */
    RECALL,
    /** Average precision: the sum over the hits of precision at their rank, / min(K, |T|). */
    MAP,
    /** 1 if there is a hit. */
    HIT_RATE,
    /** Reciprocal rank: 1 / the rank of the first hit. */
    MRR,
    /** Hits / K. */
    PRECISION;

    /** As in reports: {@code hitRate}. */
    public String label() {
        return this == HIT_RATE ? "hitRate" : name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param ranks of the hits within the list, from 1, ascending
     * @param k the list's length
     * @param testItems |T|, at least 1
     */
    double of(int[] ranks, int k, int testItems) {
        double sum = 0;
        int hits = 0;
        for (int rank : ranks) {
            if (rank > k) {
                break;
            }
            hits++;
            sum +=
                    switch (this) {
                        case NDCG -> gain(rank);
                        case MAP -> (double) hits / rank;
                        case RECALL, HIT_RATE, PRECISION -> 1;
                        case MRR -> hits == 1 ? 1.0 / rank : 0;
                    };
        }
        return switch (this) {
            case NDCG -> sum / ideal(Math.min(k, testItems));
            case MAP -> sum / Math.min(k, testItems);
            case RECALL -> sum / testItems;
            case HIT_RATE -> Math.min(1, sum);
            case MRR -> sum;
            case PRECISION -> sum / k;
        };
    }

    private static double ideal(int hits) {
        double sum = 0;
        for (int rank = 1; rank <= hits; rank++) {
            sum += gain(rank);
        }
        return sum;
    }

    private static double gain(int rank) {
        return StrictMath.log(2) / StrictMath.log(rank + 1);
    }
}
