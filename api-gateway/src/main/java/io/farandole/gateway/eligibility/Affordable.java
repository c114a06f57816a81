package io.farandole.gateway.eligibility;

import io.farandole.gateway.offers.OfferFacts;

/** It is free, or costs no more than what can be spent on its kind. */
record Affordable() implements Rule {

    @Override
    public boolean allows(OfferFacts offer, Asking asking) {
        return offer.priceCents() == 0
                || asking.person().purse().covers(offer.priceCents(), offer.digital());
    }
}
