package io.farandole.gateway.playlists;

/**
 * How often an item was liked lately, and in a time as long before that.
 *
 * @param recent acts for it less those that take one back; a window that is only partly in that
 *     time counts in part
 */
record Trend(String item, double recent, double before) {

    /**
     * By how much it grew beyond chance: the difference of two counts in its standard deviations,
     * as if both were Poisson's (Przyborowski and Wilenski, Biometrika 31, 1940). Below 0 for what
     * is liked less than it was.
     */
    double growth() {
        double both = Math.max(recent, 0) + Math.max(before, 0);
        return both == 0 ? 0 : (recent - before) / Math.sqrt(both);
    }
}
