package io.farandole.processors.popularity;

import io.farandole.events.ActivityEvent;

/**
 * What happened to one item within one window; counts of acts, so that it does not matter in which
 * order they are heard.
 *
 * @param window its number: 28 days each, from 1970 on
 * @param positive acts for the item less those that take one back: ratings from 3.5 up, favourites,
 *     bookings
 * @param negative ratings below 3.5
 */
record Window(
        String item,
        long window,
        int positive,
        int negative,
        int ratings,
        int favourites,
        int bookings,
        int views) {

    static Window empty(String item, long window) {
        return new Window(item, window, 0, 0, 0, 0, 0, 0);
    }

    Window plus(ActivityEvent.WithItem act) {
        return switch (act) {
            case ActivityEvent.Rated rated when rated.isPositive() -> plus(1, 0, 1, 0, 0, 0);
            case ActivityEvent.Rated _ -> plus(0, 1, 1, 0, 0, 0);
            case ActivityEvent.Favourited _ -> plus(1, 0, 0, 1, 0, 0);
            case ActivityEvent.Unfavourited _ -> plus(-1, 0, 0, -1, 0, 0);
            case ActivityEvent.BookingMade _ -> plus(1, 0, 0, 0, 1, 0);
            case ActivityEvent.BookingCancelled _ -> plus(-1, 0, 0, 0, -1, 0);
            case ActivityEvent.BookingUsed _ -> this;
            case ActivityEvent.Viewed _ -> plus(0, 0, 0, 0, 0, 1);
        };
    }

    private Window plus(
            int morePositive,
            int moreNegative,
            int moreRatings,
            int moreFavourites,
            int moreBookings,
            int moreViews) {
        return new Window(
                item,
                window,
                positive + morePositive,
                negative + moreNegative,
                ratings + moreRatings,
                favourites + moreFavourites,
                bookings + moreBookings,
                views + moreViews);
    }
}
