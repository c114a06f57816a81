package io.farandole.gateway.playlists;

import io.farandole.gateway.GatewaySettings.Credits;
import io.farandole.gateway.eligibility.Credit;
import io.farandole.gateway.eligibility.Person;
import io.farandole.gateway.eligibility.Purse;
import io.farandole.gateway.offers.Assortment;
import io.farandole.gateway.offers.OfferFacts;
import java.time.Instant;

/** Makes of what is known of a user what rules go by. */
final class Persons {

    private Persons() {}

    static Person of(Known known, Assortment assortment, Credits credits, Instant now) {
        return new Person(
                known.birthDate(),
                purse(known, assortment, credits, now),
                Credit.until(known.movements(), now),
                known.past().over(),
                known.onboarding());
    }

    private static Purse purse(Known known, Assortment assortment, Credits credits, Instant now) {
        if (!known.isKnown()) {
            int unknown = credits.unknownCents();
            return new Purse(unknown, unknown, unknown);
        }
        long digital = 0;
        long physical = 0;
        for (Known.Spent spent : known.past().spent()) {
            // Of an item that can be had both ways each cap bears what was spent.
            var offers = assortment.offersOf(spent.item());
            digital += offers.stream().anyMatch(OfferFacts::digital) ? spent.cents() : 0;
            physical += offers.stream().allMatch(OfferFacts::digital) ? 0 : spent.cents();
        }
        return new Purse(
                Credit.left(known.movements(), now),
                credits.digitalCapCents() - digital,
                credits.physicalCapCents() - physical);
    }
}
