package io.farandole.processors.guardrails;

/**
 * What users did with the lists of one release, summed up by user: it is users who are given one
 * release or another, so that a user's lists are no independent trials.
 *
 * @param users who were shown any
 * @param lists they were shown
 * @param acted how many of those something was done with
 * @param listsSquared the sum, over users, of the square of each one's lists
 * @param actedSquared of the square of how many of them something was done with
 * @param product of one times the other
 */
record Arm(
        long users,
        double lists,
        double acted,
        double listsSquared,
        double actedSquared,
        double product) {

    static final Arm NONE = new Arm(0, 0, 0, 0, 0, 0);

    /** The part of the lists that something was done with. */
    double rate() {
        return lists == 0 ? 0 : acted / lists;
    }

    /** Of the rate, by the delta method for a ratio of two means over users. */
    double variance() {
        if (users < 2 || lists == 0) {
            return 0;
        }
        double rate = rate();
        double residuals = actedSquared - 2 * rate * product + rate * rate * listsSquared;
        return Math.max(0, residuals) * users / (users - 1.0) / (lists * lists);
    }
}
