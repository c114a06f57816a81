package io.farandole.gateway.eligibility;

import io.farandole.gateway.offers.OfferFacts;
import java.util.List;

/** All rules, those that no request can lift first; or as many as a wish leaves anything to say. */
public final class Rules {

    private static final List<Rule> ALL =
            List.of(
                    new Active(),
                    new InStock(),
                    // Of somebody with little to spend it takes away most, for nothing.
                    new Affordable(),
                    new StillBookable(),
                    new OldEnough(),
                    new NotHadYet(),
                    new WithinPrice(),
                    new OfWishedKinds(),
                    new WithinDates(),
                    new DigitalAsWished(),
                    new DuoAsWished(),
                    new WithinRadius(),
                    new WithinZone(),
                    new AsScenarioSays());

    private final Rule[] some;

    private Rules(Rule[] some) {
        this.some = some;
    }

    /** Those that a wish is anything to: the others allow everything to whoever wishes so. */
    static Rules of(Wish wish) {
        return new Rules(ALL.stream().filter(rule -> rule.concerns(wish)).toArray(Rule[]::new));
    }

    public static boolean allow(OfferFacts offer, Asking asking) {
        for (Rule rule : asking.rules().some) {
            if (!rule.allows(offer, asking)) {
                return false;
            }
        }
        return true;
    }

    /** Every rule that keeps the offer from whoever asks; none if it may be shown. */
    public static List<Rule> against(OfferFacts offer, Asking asking) {
        return ALL.stream().filter(rule -> !rule.allows(offer, asking)).toList();
    }
}
