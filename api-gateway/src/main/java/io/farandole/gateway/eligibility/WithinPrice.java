package io.farandole.gateway.eligibility;

import io.farandole.gateway.offers.OfferFacts;

/** It costs what was asked for, both ends included. */
record WithinPrice() implements Rule {

    @Override
    public boolean concerns(Wish wish) {
        return wish.price().min() != null || wish.price().max() != null;
    }

    @Override
    public boolean allows(OfferFacts offer, Asking asking) {
        Integer min = asking.wish().price().min();
        Integer max = asking.wish().price().max();
        return (min == null || offer.priceCents() >= min)
                && (max == null || offer.priceCents() <= max);
    }
}
