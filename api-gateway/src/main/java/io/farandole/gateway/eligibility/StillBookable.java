package io.farandole.gateway.eligibility;

import io.farandole.gateway.offers.OfferFacts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * It has not begun, and can still be booked: to the second, so that tonight is not over in the
 * morning.
 */
record StillBookable() implements Rule {

    @Override
    public boolean allows(OfferFacts offer, Asking asking) {
        return isAhead(offer.startsAt(), asking.now())
                && isAhead(offer.bookableUntil(), asking.now());
    }

    private static boolean isAhead(@Nullable Instant end, Instant now) {
        return end == null || end.isAfter(now);
    }
}
