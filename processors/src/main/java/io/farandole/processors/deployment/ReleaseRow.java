package io.farandole.processors.deployment;

/**
 * A release as it is kept.
 *
 * @param users who had a list when it went live; 0 before
 * @param items that have similar ones in it; 0 before
 */
record ReleaseRow(String release, String model, String spec, Phase phase, int users, int items) {

    /** From being filled to being replaced. */
    enum Phase {
        LOADING,
        LIVE,
        RETIRED,
        FAILED
    }
}
