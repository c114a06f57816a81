package io.farandole.gateway.eligibility;

import io.farandole.gateway.offers.OfferFacts;
import java.util.Set;

/**
 * It is of one of the kinds that were asked for, of each sort of kind. What has none is of none.
 */
record OfWishedKinds() implements Rule {

    @Override
    public boolean concerns(Wish wish) {
        return !wish.kinds().equals(Wish.Kinds.ANY);
    }

    @Override
    public boolean allows(OfferFacts offer, Asking asking) {
        Wish.Kinds wish = asking.wish().kinds();
        return (wish.categories().isEmpty() || hasOne(offer, wish.categories()))
                && (wish.subcategories().isEmpty()
                        || (offer.subcategory() != null
                                && wish.subcategories().contains(offer.subcategory())))
                && (wish.searchGroups().isEmpty()
                        || (offer.searchGroup() != null
                                && wish.searchGroups().contains(offer.searchGroup()))
                        || hasOne(offer, wish.searchGroups()));
    }

    private static boolean hasOne(OfferFacts offer, Set<String> wished) {
        return offer.categories().stream().anyMatch(wished::contains);
    }
}
