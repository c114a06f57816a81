package io.farandole.gateway.eligibility;

import io.farandole.gateway.offers.OfferFacts;

/** One reason for which an offer may be kept from somebody. */
public sealed interface Rule
        permits Active,
                InStock,
                StillBookable,
                OldEnough,
                Affordable,
                NotHadYet,
                WithinPrice,
                OfWishedKinds,
                WithinDates,
                DigitalAsWished,
                DuoAsWished,
                WithinRadius,
                WithinZone,
                AsScenarioSays {

    /** As it is told to whoever asks why not: {@code old-enough}. */
    default String text() {
        return getClass()
                .getSimpleName()
                .replaceAll("(?<!^)([A-Z])", "-$1")
                .toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether it may keep anything from somebody who wishes so. */
    default boolean concerns(Wish wish) {
        return true;
    }

    boolean allows(OfferFacts offer, Asking asking);
}
