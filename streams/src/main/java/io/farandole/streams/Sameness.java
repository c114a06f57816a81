package io.farandole.streams;

import org.jspecify.annotations.Nullable;

/**
 * By what two values of a store are the same, for those who compare two generations of it; where
 * nothing is described, by all that is in them.
 *
 * @param content the JSON path of what is compared, where the rest of a value tells how it came
 *     about, not what it is: how often it was written, when; null for all of it
 * @param ranked the JSON path of arrays in it, best first, of which it is told how much of the top
 *     both have; null for none
 * @param item the JSON path, from an element of those arrays on, of what it ranks; empty for the
 *     element itself
 */
public record Sameness(@Nullable String content, @Nullable String ranked, String item) {

    /** All that is in a value is compared, and nothing is ranked. */
    public static final Sameness WHOLE = new Sameness(null, null, "");

    /** Only what is at this JSON path is compared. */
    public static Sameness of(String content) {
        return new Sameness(content, null, "");
    }

    /** The same, with arrays that rank something. */
    public Sameness ranking(String arrays, String ofElement) {
        return new Sameness(content, arrays, ofElement);
    }

    /**
     * The JSON path of the best of what is ranked.
     *
     * @param top how many of each array, 1 at least
     * @return null if nothing is ranked
     */
    public @Nullable String best(int top) {
        if (top < 1) {
            throw new IllegalArgumentException(top + " of the best: at least 1");
        }
        return ranked == null ? null : ranked + "[0 to " + (top - 1) + "]" + item;
    }
}
