package io.farandole.recommenders.model;

/**
 * How much a past item speaks for each other item: the score of an item is its prior plus the sum
 * of the weights from the items of the history, or what factors make of it. Items are numbered by
 * their place in the model's list of ids.
 */
public sealed interface ItemWeights {

    /** Only the prior counts. */
    record None() implements ItemWeights {}

    /**
     * Weights between all pairs of some of the items.
     *
     * @param items the numbers of those items, ascending
     * @param rows [from][to], both as places in {@code items}
     */
    @SuppressWarnings(
            "ArrayRecordComponent") // matrices are never compared, and copying them would cost
    record Dense(int[] items, float[][] rows) implements ItemWeights {}

    /** Items as factors: a history's are found first, and an item's score is their product. */
    record Factored(Factors factors) implements ItemWeights {}

    /**
     * Weights between items and factors, added up.
     *
     * @param weights neither factors nor a sum
     * @param share by which the factors' scores are multiplied
     */
    record Sum(ItemWeights weights, Factors factors, float share) implements ItemWeights {}

    /** Weights between few pairs: the targets of each item. */
    record Sparse(SparseRows rows) implements ItemWeights {}
}
