package io.farandole.processors.profile;

import io.farandole.events.ActivityEvent;
import io.farandole.events.Cause;
import io.farandole.streams.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a user has had of an item; each part is as last told, by event time.
 *
 * @param value stars; absent while not rated
 * @param at when something was told of it last
 * @param causedBy by which source event
 */
record Had(
        String user,
        String item,
        @Nullable Double value,
        @Nullable Told rated,
        boolean favourite,
        @Nullable Told favoured,
        @Nullable Told viewed,
        List<Booking> bookings,
        @Nullable Instant at,
        @Nullable Cause causedBy) {

    static Had nothing(String user, String item) {
        return new Had(user, item, null, null, false, null, null, List.of(), null, null);
    }

    Had and(ActivityEvent.WithItem act, Told by) {
        return switch (act) {
            case ActivityEvent.Rated a -> by.isAfter(rated) ? rated(a.value(), by) : this;
            case ActivityEvent.Favourited _ -> by.isAfter(favoured) ? favoured(true, by) : this;
            case ActivityEvent.Unfavourited _ -> by.isAfter(favoured) ? favoured(false, by) : this;
            case ActivityEvent.Viewed _ -> by.isAfter(viewed) ? viewed(by) : this;
            case ActivityEvent.BookingMade a ->
                    booked(
                            new Booking(
                                    a.booking(),
                                    Booking.State.MADE,
                                    by,
                                    a.quantity(),
                                    a.priceCents(),
                                    by));
            case ActivityEvent.BookingCancelled a ->
                    booked(ended(a.booking(), Booking.State.CANCELLED, by));
            case ActivityEvent.BookingUsed a -> booked(ended(a.booking(), Booking.State.USED, by));
        };
    }

    /** What was told after that; null if all was told before. */
    @Nullable Had since(Told start) {
        boolean keepsRating = rated != null && rated.isAfter(start);
        boolean keepsFavour = favoured != null && favoured.isAfter(start);
        Had left =
                dated(
                        keepsRating ? value : null,
                        keepsRating ? rated : null,
                        keepsFavour && favourite,
                        keepsFavour ? favoured : null,
                        viewed != null && viewed.isAfter(start) ? viewed : null,
                        bookings.stream()
                                .map(booking -> booking.since(start))
                                .filter(Objects::nonNull)
                                .toList());
        return left.at == null ? null : left;
    }

    private Had rated(double stars, Told by) {
        return dated(stars, by, favourite, favoured, viewed, bookings);
    }

    private Had favoured(boolean isFavourite, Told by) {
        return dated(value, rated, isFavourite, by, viewed, bookings);
    }

    private Had viewed(Told by) {
        return dated(value, rated, favourite, favoured, by, bookings);
    }

    private Had booked(Booking told) {
        List<Booking> all = new ArrayList<>();
        Booking merged = told;
        for (Booking booking : bookings) {
            if (booking.booking().equals(told.booking())) {
                merged = booking.and(told);
            } else {
                all.add(booking);
            }
        }
        all.add(merged);
        all.sort(Comparator.comparing(Booking::booking));
        return dated(value, rated, favourite, favoured, viewed, List.copyOf(all));
    }

    private static Booking ended(String booking, Booking.State state, Told by) {
        return new Booking(booking, state, by, null, null, null);
    }

    private Had dated(
            @Nullable Double stars,
            @Nullable Told ratedBy,
            boolean isFavourite,
            @Nullable Told favouredBy,
            @Nullable Told viewedBy,
            List<Booking> booked) {
        Told last =
                Stream.concat(
                                Stream.of(ratedBy, favouredBy, viewedBy).filter(Objects::nonNull),
                                booked.stream().map(Booking::told))
                        .max(Comparator.naturalOrder())
                        .orElse(null);
        return new Had(
                user,
                item,
                stars,
                ratedBy,
                isFavourite,
                favouredBy,
                viewedBy,
                booked,
                last == null ? null : last.at(),
                last == null ? null : new Cause(last.source(), last.id()));
    }
}
