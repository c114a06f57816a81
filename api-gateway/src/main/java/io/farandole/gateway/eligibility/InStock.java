package io.farandole.gateway.eligibility;

import io.farandole.gateway.offers.OfferFacts;

/** There is one left. */
record InStock() implements Rule {

    @Override
    public boolean allows(OfferFacts offer, Asking asking) {
        Integer stock = offer.stock();
        return stock == null || stock > 0;
    }
}
