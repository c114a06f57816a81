package io.farandole.gateway.eligibility;

import io.farandole.gateway.offers.OfferFacts;
import java.time.Instant;

/** It takes place, or was listed, when it was asked for. What has no such time does not. */
record WithinDates() implements Rule {

    @Override
    public boolean concerns(Wish wish) {
        return !wish.dates().areAny();
    }

    @Override
    public boolean allows(OfferFacts offer, Asking asking) {
        Dates dates = asking.wish().dates();
        if (dates.areAny()) {
            return true;
        }
        Instant time =
                switch (dates.of()) {
                    case START -> offer.startsAt();
                    case LISTING -> offer.listedAt();
                };
        return time != null && dates.include(time);
    }
}
