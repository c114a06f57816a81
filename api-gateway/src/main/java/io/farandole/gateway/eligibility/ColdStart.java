package io.farandole.gateway.eligibility;

import io.farandole.gateway.offers.Assortment;
import io.farandole.gateway.offers.OfferFacts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * For whoever has done nothing yet: what is of the kinds that were named at the start, the most
 * popular first. It really comes before all else, however popular that is.
 */
public final class ColdStart {

    private ColdStart() {}

    /** The items that have an offer of a kind that was named. */
    public static List<String> named(Assortment assortment, List<String> kinds) {
        if (kinds.isEmpty()) {
            return List.of();
        }
        Set<String> named = new HashSet<>(kinds);
        return assortment.items().stream()
                .filter(
                        item ->
                                assortment.offersOf(item).stream()
                                        .anyMatch(offer -> isOf(offer, named)))
                .toList();
    }

    private static boolean isOf(OfferFacts offer, Set<String> named) {
        return (offer.subcategory() != null && named.contains(offer.subcategory()))
                || (offer.searchGroup() != null && named.contains(offer.searchGroup()))
                || offer.categories().stream().anyMatch(named::contains);
    }
}
