package io.farandole.processors.profile;

import io.farandole.streams.Told;
import org.jspecify.annotations.Nullable;

/**
 * A user's booking of an item.
 *
 * @param state what was told of it last
 * @param quantity as told when it was made; absent while only its end is known
 */
record Booking(
        String booking,
        State state,
        Told told,
        @Nullable Integer quantity,
        @Nullable Integer priceCents,
        @Nullable Told made) {

    enum State {
        MADE,
        CANCELLED,
        USED
    }

    /** What both tell together, whichever was heard first. */
    Booking and(Booking other) {
        Booking last = other.told.isAfter(told) ? other : this;
        Booking maker = other.made != null && other.made.isAfter(made) ? other : this;
        return new Booking(
                booking, last.state, last.told, maker.quantity, maker.priceCents, maker.made);
    }

    /** What was told of it after that; null if all was told before. */
    @Nullable Booking since(Told start) {
        if (!told.isAfter(start)) {
            return null;
        }
        return made == null || made.isAfter(start)
                ? this
                : new Booking(booking, state, told, null, null, null);
    }
}
