package io.farandole.recommenders.model;

import java.util.List;

/**
 * How {@code auto} came to its model.
 *
 * @param spec what was chosen; training it again on the same data gives the same model
 * @param validation how what was held out was held out, in words
 * @param questions users that were asked for the last decisions
 * @param quality of the choice: the mean of NDCG@20 and recall@20
 * @param units of work that were spent; one is about a second of two cores
 * @param budget in units
 * @param tried in this order
 */
public record Choice(
        String spec,
        String validation,
        int questions,
        double quality,
        double units,
        double budget,
        List<Tried> tried) {

    /** The note of what the clock left out. */
    public static final String LATE = "the time was up before the work was done";

    /**
     * One that was tried.
     *
     * @param quality 0 for what was left out
     * @param units as estimated before
     * @param note why it was left out, or empty
     */
    public record Tried(String spec, int questions, double quality, double units, String note) {}

    public Choice {
        tried = List.copyOf(tried);
    }

    /** Whether the clock, and not the budget, ended the search: it cannot be had again. */
    public boolean wasLate() {
        return tried.stream().anyMatch(one -> one.note().equals(LATE));
    }
}
