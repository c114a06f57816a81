package io.farandole.gateway.eligibility;

import io.farandole.gateway.offers.OfferFacts;

/** Whoever asks has not had its item already, by whichever offer. */
record NotHadYet() implements Rule {

    @Override
    public boolean allows(OfferFacts offer, Asking asking) {
        return !asking.person().hadItems().contains(offer.item());
    }
}
