package io.farandole.recommenders.training;

import io.farandole.recommenders.model.ModelSpec;

/**
 * What a training takes at its height, in bytes; rather too much than too little.
 *
 * @param heap of the JVM's heap
 * @param offHeap beside it: OpenBLAS' matrix, in doubles
 */
public record MemoryEstimate(long heap, long offHeap) {

    /** What a JVM with its libraries takes before anything is read. */
    private static final long FLOOR = 64L << 20;

    /** An interaction that was read: record, instant, place in a list; rounded up. */
    private static final long READ = 150;

    /** An interaction grouped by user, and as numbers by rows and columns; rounded up. */
    private static final long GROUPED = 250;

    private static final long PER_ID = 200;

    /**
     * How much there is to learn from.
     *
     * @param dense how many items enter a dense matrix, if that is known; else {@link #unknown}
     */
    public record Counts(int users, int items, int interactions, int dense) {

        /** Before the interactions were read. */
        public static Counts unknown(int users, int items, int interactions) {
            return new Counts(users, items, interactions, -1);
        }

        private long denseItems(int support) {
            // No more items than this can have that many interactions each.
            return dense >= 0 ? dense : Math.min(items, interactions / support);
        }
    }

    /**
     * The whole of a training, with reading: what to give to a process of its own.
     *
     * @see MemoryBudget
     */
    public static MemoryEstimate of(ModelSpec spec, Counts counts) {
        MemoryEstimate model = ofModel(spec, counts);
        long data =
                FLOOR + READ * counts.interactions + PER_ID * ((long) counts.users + counts.items);
        return new MemoryEstimate(data + model.heap, model.offHeap);
    }

    /** What comes on top of the interactions, once they are there. */
    static MemoryEstimate ofModel(ModelSpec spec, Counts counts) {
        long always = GROUPED * counts.interactions + pairs(counts.items, Neighbours.SIMILAR);
        return switch (spec) {
            case ModelSpec.Ease ease -> {
                long items = counts.denseItems(ease.support());
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
