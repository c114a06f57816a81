package io.farandole.recommenders.linear;

/**
 * Weights between items as a family has them, which need not be a matrix that is there. Scores all
 * items for histories, several at once, as some families multiply matrices then.
 */
public interface Scoring extends RowWise {

    /** Histories for which something is prepared together. */
    int BLOCK = 256;

    /** The scores of some histories; for any number of threads. */
    interface Block {

        /**
         * Adds one history's scores.
         *
         * @param at which of the histories
         */
        void add(int at, float factor, float[] scores);
    }

    /**
     * Is called from one thread.
     *
     * @param pasts the items of each history
     * @param weights how much each of those counts
     */
    Block of(int[][] pasts, float[][] weights);

    /** Adds an item's row, for which all is prepared; for several threads at once. */
    default void add(int item, float factor, float[] scores) {
        float[] row = row(item);
        for (int other = 0; other < row.length; other++) {
            scores[other] += factor * row[other];
        }
    }
}
