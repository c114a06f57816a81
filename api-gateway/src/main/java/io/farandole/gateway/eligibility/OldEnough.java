package io.farandole.gateway.eligibility;

import io.farandole.gateway.offers.OfferFacts;
import java.time.LocalDate;
import java.time.Period;

/**
 * Whoever asks has the age that it asks for, today. Of whom no birth date is known, or one that has
 * not come, has none.
 */
record OldEnough() implements Rule {

    @Override
    public boolean allows(OfferFacts offer, Asking asking) {
        Integer minimum = offer.minimumAge();
        return minimum == null || minimum <= 0 || minimum <= age(asking);
    }

    private static int age(Asking asking) {
        LocalDate born = asking.person().birthDate();
        LocalDate today = asking.now().atZone(asking.zone()).toLocalDate();
        return born == null ? -1 : Period.between(born, today).getYears();
    }
}
