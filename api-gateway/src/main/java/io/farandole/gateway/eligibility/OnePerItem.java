package io.farandole.gateway.eligibility;

import io.farandole.gateway.offers.OfferFacts;
import io.farandole.gateway.offers.Position;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Of an item's offers one is shown: the nearest, then the cheapest, then the soonest. */
public final class OnePerItem {

    private OnePerItem() {}

    /** Of those that may be shown; empty if none may. */
    public static Optional<OfferFacts> of(List<OfferFacts> offers, Asking asking) {
        return Optional.ofNullable(best(offers, asking));
    }

    /** The same; null if none may. */
    public static @Nullable OfferFacts best(List<OfferFacts> offers, Asking asking) {
        OfferFacts best = null;
        Comparator<OfferFacts> preference = null;
        // A loop, for of all that there is for some people little may be shown.
        for (OfferFacts offer : offers) {
            if (Rules.allow(offer, asking)) {
                if (best == null) {
                    best = offer;
                } else {
                    if (preference == null) {
                        preference = preference(asking.wish().where().near());
                    }
                    best = preference.compare(offer, best) < 0 ? offer : best;
                }
            }
        }
        return best;
    }

    /** All that may be shown, the one that would be shown first. */
    public static Stream<OfferFacts> allowed(List<OfferFacts> offers, Asking asking) {
        return offers.stream()
                .filter(offer -> Rules.allow(offer, asking))
                .sorted(preference(asking.wish().where().near()));
    }

    private static Comparator<OfferFacts> preference(@Nullable Position near) {
        return Comparator.comparingDouble((OfferFacts offer) -> ByDistance.metres(offer, near))
                .thenComparingInt(OfferFacts::priceCents)
                .thenComparing(
                        OfferFacts::startsAt, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(OfferFacts::offer);
    }
}
