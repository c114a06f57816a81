package io.farandole.recommenders.training;

import io.farandole.recommenders.linear.Fitting;
import io.farandole.recommenders.linear.Kept;
import io.farandole.recommenders.linear.Neighbours;
import io.farandole.recommenders.linear.RowWise;
import io.farandole.recommenders.linear.Signals;
import io.farandole.recommenders.model.ModelSpec;

/**
 * What a training takes at its height, in bytes; rather too much than too little.
 *
 * @param heap of the JVM's heap
 * @param offHeap beside it: OpenBLAS' matrix
 */
record MemoryEstimate(long heap, long offHeap) {

    /** An interaction grouped by user, and as numbers by rows and columns; rounded up. */
    private static final long GROUPED = 250;

    /**
     * How much there is to learn from.
     *
     * @param signals what a linear model learns from, which tells how many items are in a matrix
     */
    record Counts(int interactions, Signals signals) {

        int items() {
            return signals.itemCount();
        }

        int users() {
            return signals.byUser().items().length;
        }
    }

    /** What comes on top of the interactions, once they are there. */
    static MemoryEstimate of(ModelSpec spec, Counts counts) {
        // What nobody met gets weights, for which all are written anew.
        long content = counts.signals.content().isEmpty() ? 0 : Kept.bytes(counts.items());
        long always =
                GROUPED * counts.interactions + pairs(counts.items(), Neighbours.SIMILAR) + content;
        return switch (spec) {
            case ModelSpec.Linear linear -> of(linear, counts, always);
            case ModelSpec.Blend blend -> {
                // The parts stay until they are added up; matrices beside the heap do not.
                long heap = always + 2 * Kept.bytes(counts.items());
                long offHeap = 0;
                for (ModelSpec.Blend.Share share : blend.shares()) {
                    MemoryEstimate part =
                            switch (share.spec()) {
                                case ModelSpec.Graph graph -> filter(graph, counts);
                                case ModelSpec.Ials ials -> factors(ials, counts, 0);
                                case ModelSpec.Linear linear -> of(linear, counts, 0);
                            };
                    heap += part.heap;
                    offHeap = Math.max(offHeap, part.offHeap);
                }
                yield new MemoryEstimate(heap, offHeap);
            }
            case ModelSpec.Ials ials -> factors(ials, counts, always);
            case ModelSpec.Popularity _ -> new MemoryEstimate(always, 0);
            case ModelSpec.Auto _ ->
                    throw new IllegalArgumentException("auto is chosen before it is trained");
        };
    }

    private static MemoryEstimate factors(ModelSpec.Ials spec, Counts counts, long always) {
        long rank = spec.rank();
        // Both sides, those before and the items' transposed; a system of equations a thread.
        return new MemoryEstimate(
                always
                        + (2L * counts.items() + counts.users()) * rank * Float.BYTES
                        + 4L
                                * Runtime.getRuntime().availableProcessors()
                                * rank
                                * rank
                                * Float.BYTES,
                0);
    }

    private static MemoryEstimate of(ModelSpec.Linear spec, Counts counts, long always) {
        long all = 2 * Kept.bytes(counts.items());
        return switch (spec) {
            case ModelSpec.Ease ease when ease.neighbours() > 0 -> {
                long whole = Fitting.dense(counts.signals, ease).length;
                long matrix = whole * whole * Float.BYTES;
                yield new MemoryEstimate(
                        always
                                + 2 * pairs(counts.items(), ease.neighbours())
                                + (whole == 0 ? 0 : matrix + all),
                        matrix);
            }
            case ModelSpec.Ease ease -> {
                long items = Fitting.dense(counts.signals, ease).length;
                yield new MemoryEstimate(
                        always + items * items * Float.BYTES, items * items * Float.BYTES);
            }
            case ModelSpec.Graph graph -> {
                MemoryEstimate filter = filter(graph, counts);
                yield new MemoryEstimate(always + all + filter.heap, filter.offHeap);
            }
            case ModelSpec.ItemKnn knn ->
                    new MemoryEstimate(always + pairs(counts.items(), knn.neighbours()), 0);
            case ModelSpec.Rp3Beta walk ->
                    new MemoryEstimate(always + pairs(counts.items(), walk.neighbours()), 0);
            case ModelSpec.Content content ->
                    new MemoryEstimate(always + pairs(counts.items(), content.neighbours()), 0);
            case ModelSpec.Turbo turbo ->
                    new MemoryEstimate(
                            always + all + (turbo.order() > 1 ? pairs(counts.items(), 256) : 0), 0);
            case ModelSpec.Transitions _ -> new MemoryEstimate(always + all, 0);
        };
    }

    /**
     * Vectors, their images, both sides of the filter, and a block of rows; OpenBLAS is given
     * copies.
     */
    private static MemoryEstimate filter(ModelSpec.Graph graph, Counts counts) {
        if (!graph.isSpectral()) {
            return new MemoryEstimate(0, 0);
        }
        long rank = Math.min(graph.rank(), Math.min(counts.items(), counts.users()));
        long vectors = rank * (3L * counts.users() + 9L * counts.items()) * Float.BYTES;
        long rows = (long) RowWise.BLOCK * counts.items() * Float.BYTES;
        return new MemoryEstimate(
                vectors + rows,
                3 * rank * Math.max(counts.users(), counts.items()) * Float.BYTES + rows);
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
