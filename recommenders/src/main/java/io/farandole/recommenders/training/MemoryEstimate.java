package io.farandole.recommenders.training;

import io.farandole.recommenders.model.ModelSpec;

/**
 * What a training takes at its height, in bytes; rather too much than too little.
 *
 * @param heap of the JVM's heap
 * @param offHeap beside it: OpenBLAS' matrix, in doubles
 */
record MemoryEstimate(long heap, long offHeap) {

    /** An interaction grouped by user, and as numbers by rows and columns; rounded up. */
    private static final long GROUPED = 250;

    /**
     * How much there is to learn from.
     *
     * @param dense how many items enter a dense matrix
     */
    record Counts(int items, int interactions, int dense) {}

    /** What comes on top of the interactions, once they are there. */
    static MemoryEstimate of(ModelSpec spec, Counts counts) {
        long always = GROUPED * counts.interactions + pairs(counts.items, Neighbours.SIMILAR);
        return switch (spec) {
            case ModelSpec.Ease _ -> {
                long items = counts.dense();
                yield new MemoryEstimate(
                        always + items * items * Float.BYTES, items * items * Double.BYTES);
            }
            case ModelSpec.ItemKnn knn ->
                    new MemoryEstimate(always + pairs(counts.items, knn.neighbours()), 0);
            case ModelSpec.Popularity _ -> new MemoryEstimate(always, 0);
        };
    }

    /** Kept twice for a moment, when rows and columns are exchanged. */
    private static long pairs(int items, int each) {
        return 2L * items * Math.min(items, each) * (Integer.BYTES + Float.BYTES);
    }

    /**
     * @throws TooLarge if it does not fit
     */
    void checkAgainst(MemoryBudget budget, String what) {
        if (heap > budget.heap()) {
            throw new TooLarge(what, "heap", heap, budget.heap());
        }
        if (offHeap > budget.offHeap()) {
            throw new TooLarge(what, "memory beside the heap", offHeap, budget.offHeap());
        }
    }
}
