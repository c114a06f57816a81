package io.farandole.gateway.eligibility;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When an offer is to be; both ends are excluded, as the old API had it.
 *
 * @param of which of its times is meant
 */
public record Dates(Of of, @Nullable Instant after, @Nullable Instant before) {

    public static final Dates ANY = new Dates(Of.START, null, null);

    /** Which time. */
    public enum Of {
        /** When it takes place. */
        START,
        /** When it was listed. */
        LISTING
    }

    boolean areAny() {
        return after == null && before == null;
    }

    boolean include(Instant time) {
        return (after == null || time.isAfter(after)) && (before == null || time.isBefore(before));
    }
}
