package io.farandole.processors.lists;

import io.farandole.events.ActivityEvent;
import io.farandole.streams.Told;
import java.util.Comparator;

/**
 * What was told last of one thing between a user and an item.
 *
 * @param thing which thing: {@link #RATING}, {@link #FAVOURITE}, {@link #VIEW} or {@link #BOOKING}
 *     and the booking; short, for it is kept with every fact
 * @param value stars of a rating; else 1 if it is so, 0 if it no longer is
 */
public record Fact(String item, String thing, double value, Told told) {

    static final String RATING = "r";
    static final String FAVOURITE = "f";
    static final String VIEW = "v";
    static final String BOOKING = "b:";

    static final Comparator<Fact> ORDER =
            Comparator.comparing(Fact::item).thenComparing(Fact::thing);

    public static Fact of(ActivityEvent.WithItem act, Told by) {
        String item = act.item().value();
        return switch (act) {
            case ActivityEvent.Rated a -> new Fact(item, RATING, a.value(), by);
            case ActivityEvent.Favourited _ -> new Fact(item, FAVOURITE, 1, by);
            case ActivityEvent.Unfavourited _ -> new Fact(item, FAVOURITE, 0, by);
            case ActivityEvent.Viewed _ -> new Fact(item, VIEW, 1, by);
            case ActivityEvent.BookingMade a -> new Fact(item, BOOKING + a.booking(), 1, by);
            case ActivityEvent.BookingUsed a -> new Fact(item, BOOKING + a.booking(), 1, by);
            case ActivityEvent.BookingCancelled a -> new Fact(item, BOOKING + a.booking(), 0, by);
        };
    }

    boolean isSo() {
        return value > 0;
    }

    boolean isBooking() {
        return thing.startsWith(BOOKING);
    }
}
