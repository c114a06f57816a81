package io.farandole.gateway.eligibility;

import io.farandole.gateway.offers.OfferFacts;

/** It can be had anywhere, or not, as it was asked for. */
record DigitalAsWished() implements Rule {

    @Override
    public boolean concerns(Wish wish) {
        return wish.digital() != null;
    }

    @Override
    public boolean allows(OfferFacts offer, Asking asking) {
        Boolean wished = asking.wish().digital();
        return wished == null || wished == offer.digital();
    }
}
