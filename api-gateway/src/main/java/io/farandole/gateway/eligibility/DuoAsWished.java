package io.farandole.gateway.eligibility;

import io.farandole.gateway.offers.OfferFacts;

/** It is for two, or not, as it was asked for. */
record DuoAsWished() implements Rule {

    @Override
    public boolean concerns(Wish wish) {
        return wish.duo() != null;
    }

    @Override
    public boolean allows(OfferFacts offer, Asking asking) {
        Boolean wished = asking.wish().duo();
        return wished == null || wished == offer.duo();
    }
}
