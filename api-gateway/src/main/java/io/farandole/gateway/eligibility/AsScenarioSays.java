package io.farandole.gateway.eligibility;

import io.farandole.gateway.offers.OfferFacts;

/** What the scenario includes, and does not exclude. */
record AsScenarioSays() implements Rule {

    @Override
    public boolean concerns(Wish wish) {
        return !wish.scenario().isNone();
    }

    @Override
    public boolean allows(OfferFacts offer, Asking asking) {
        return asking.wish().scenario().scenario().admits(offer);
    }
}
