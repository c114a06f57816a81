package io.farandole.gateway.eligibility;

import io.farandole.gateway.offers.OfferFacts;

/** It is offered: neither withdrawn, nor refused by moderation. */
record Active() implements Rule {

    @Override
    public boolean allows(OfferFacts offer, Asking asking) {
        return offer.active();
    }
}
