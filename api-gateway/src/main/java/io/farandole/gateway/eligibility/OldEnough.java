package io.farandole.gateway.eligibility;

import io.farandole.gateway.offers.OfferFacts;

/**
 * Whoever asks has the age that it asks for, today. Of whom no birth date is known, or one that has
 * not come, has none.
 */
record OldEnough() implements Rule {

    @Override
    public boolean allows(OfferFacts offer, Asking asking) {
        Integer minimum = offer.minimumAge();
        return minimum == null || minimum <= 0 || minimum <= asking.age();
    }
}
