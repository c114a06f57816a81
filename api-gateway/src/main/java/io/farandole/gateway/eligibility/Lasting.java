package io.farandole.gateway.eligibility;

import io.farandole.gateway.offers.OfferFacts;
import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** For how long what rules say stays as it is while nothing happens but that time goes by. */
public final class Lasting {

    private Lasting() {}

    /**
     * When rules may first say something else: a session begins, or can no longer be booked, a
     * grant of credit is over, somebody is a year older. Null if nothing of the kind is to come.
     *
     * @param offers that are looked at
     */
    public static @Nullable Instant until(Asking asking, Stream<OfferFacts> offers) {
        return Stream.concat(
                        offers.flatMap(
                                offer ->
                                        Stream.of(at(offer.startsAt()), at(offer.bookableUntil()))),
                        Stream.of(at(asking.person().purseUntil()), at(birthday(asking))))
                .flatMap(times -> times)
                .filter(time -> time.isAfter(asking.now()))
                .min(Instant::compareTo)
                .orElse(null);
    }

    private static Stream<Instant> at(@Nullable Instant time) {
        return Stream.ofNullable(time);
    }

    private static @Nullable Instant birthday(Asking asking) {
        LocalDate born = asking.person().birthDate();
        if (born == null) {
            return null;
        }
        LocalDate today = asking.now().atZone(asking.zone()).toLocalDate();
        LocalDate next = born.plusYears(asking.age() + 1L);
        // Who was born on 29 February is older on 1 March, where there is no such day.
        return (next.isAfter(today) ? next : today.plusDays(1))
                .atStartOfDay(asking.zone())
                .toInstant();
    }
}
