package io.farandole.recommenders.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@code model.json} tells of a model.
 *
 * @param spec its {@link ModelSpec}'s text
 * @param dataset the fingerprint of the data set it was trained on
 * @param checksum SHA-256 of spec, fingerprint and all parts, without seconds or dates
 * @param weights how many items have weights; the others are ranked by popularity
 * @param seconds how long the training took
 * @param algebra threads and kernel of the algebra, which decide in what order it adds up: with
 *     others the last bits may be others; null in what was written before it was noted
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
        double seconds,
        @Nullable String algebra) {

    Description withChecksum(String computed) {
        return new Description(
                spec,
                dataset,
                computed,
                seed,
                users,
                items,
                interactions,
                weights,
                seconds,
                algebra);
    }

    /** Whether it was made of the same by the same algebra: the bits have to be the same. */
    public boolean isOfTheSameAs(Description other) {
        return isOfTheSameInput(other) && Objects.equals(algebra, other.algebra);
    }

    /** The same, by whatever algebra. */
    public boolean isOfTheSameInput(Description other) {
        return spec.equals(other.spec) && dataset.equals(other.dataset) && seed == other.seed;
    }
}
