package io.farandole.gateway.eligibility;

import io.farandole.gateway.offers.OfferFacts;

/** It is near enough; what can be had anywhere always is, and what is nobody knows where never. */
record WithinRadius() implements Rule {

    @Override
    public boolean concerns(Wish wish) {
        return wish.where().radiusMetres() != null && wish.where().near() != null;
    }

    @Override
    public boolean allows(OfferFacts offer, Asking asking) {
        Integer radius = asking.wish().where().radiusMetres();
        return radius == null
                || asking.wish().where().near() == null
                || offer.digital()
                // Not near enough either when the way is not a number.
                || offer.metresFrom(asking.wish().where().near()) <= radius;
    }
}
