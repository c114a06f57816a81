package io.farandole.gateway.playlists;

import io.farandole.gateway.offers.OfferFacts;

/**
 * An offer in its place.
 *
 * @param propensity how likely its item was to come here, given those before it
 */
record Placed(OfferFacts offer, How how, double propensity) {

    /** By what it came there. */
    enum How {
        ORDER,
        PIN,
        TRIAL
    }
}
