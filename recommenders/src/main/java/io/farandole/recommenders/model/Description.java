package io.farandole.recommenders.model;

/**
 * What {@code model.json} tells of a model.
 *
 * @param spec its {@link ModelSpec}'s text
 * @param dataset the fingerprint of the data set it was trained on
 * @param checksum SHA-256 of spec, fingerprint and all parts, without seconds or dates
 * @param weights how many items have weights; the others are ranked by popularity
 * @param seconds how long the training took
 */
public record Description(
        String spec,
        String dataset,
        String checksum,
        long seed,
        int users,
        int items,
        int interactions,
        int weights,
        double seconds) {

    Description withChecksum(String computed) {
        return new Description(
                spec, dataset, computed, seed, users, items, interactions, weights, seconds);
    }
}
