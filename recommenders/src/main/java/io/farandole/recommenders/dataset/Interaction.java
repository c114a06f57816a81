package io.farandole.recommenders.dataset;

import java.time.Instant;

/**
 * A user met an item, and what the user made of it.
 *
 * @param value stars or another grade; {@link #NONE} where the act has none, as a booking has
 * @param at when; {@link Instant#EPOCH} where that is not known. Kept to the millisecond.
 */
public record Interaction(String user, String item, double value, Instant at) {

    /** The value of an act that is not graded. */
    public static final double NONE = Double.NaN;

    /** A grade is positive from here up, as {@code ActivityEvent.Rated} has it. */
    public static final double POSITIVE_STARS = 3.5;

    /** An act that is not graded: positive. */
    public static Interaction of(String user, String item, Instant at) {
        return new Interaction(user, item, NONE, at);
    }

    /**
     * @throws IllegalArgumentException if an id is empty or has a tab or line end in it, or the
     *     value is infinite
     */
    public Interaction {
        checkId("user", user);
        checkId("item", item);
        if (Double.isInfinite(value)) {
            throw new IllegalArgumentException("value " + value + " is no finite number");
        }
        at = Instant.ofEpochMilli(at.toEpochMilli());
    }

    public boolean isGraded() {
        return !Double.isNaN(value);
    }

    private static void checkId(String what, String id) {
        if (id.isEmpty()) {
            throw new IllegalArgumentException(what + " is empty");
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c == '\t' || c == '\n' || c == '\r') {
                throw new IllegalArgumentException(
                        what + " '" + id.replaceAll("[\t\r\n]", "?") + "' has a tab or line end");
            }
        }
    }
}
