package io.farandole.gateway.eligibility;

import io.farandole.gateway.offers.OfferFacts;
import io.farandole.gateway.zones.Zone;

/** It is in the zone; what can be had anywhere always is, and what is nobody knows where never. */
record WithinZone() implements Rule {

    @Override
    public boolean concerns(Wish wish) {
        return wish.where().zone() != null;
    }

    @Override
    public boolean allows(OfferFacts offer, Asking asking) {
        Zone zone = asking.wish().where().zone();
        return zone == null || offer.digital() || zone.contains(offer.position());
    }
}
