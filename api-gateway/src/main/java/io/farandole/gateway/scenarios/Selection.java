package io.farandole.gateway.scenarios;

import io.farandole.gateway.offers.OfferFacts;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Offers that any of these names.
 *
 * @param categories any of an offer's own
 */
public record Selection(
        @DefaultValue Set<String> categories,
        @DefaultValue Set<String> subcategories,
        @DefaultValue Set<String> searchGroups,
        @DefaultValue Set<String> items) {

    static final Selection NOTHING = new Selection(Set.of(), Set.of(), Set.of(), Set.of());

    public Selection {
        categories = Set.copyOf(categories);
        subcategories = Set.copyOf(subcategories);
        searchGroups = Set.copyOf(searchGroups);
        items = Set.copyOf(items);
    }

    boolean isEmpty() {
        return categories.isEmpty()
                && subcategories.isEmpty()
                && searchGroups.isEmpty()
                && items.isEmpty();
    }

    boolean has(OfferFacts offer) {
        return !isEmpty() && isAny(offer);
    }

    private boolean isAny(OfferFacts offer) {
        return items.contains(offer.item())
                || (offer.subcategory() != null && subcategories.contains(offer.subcategory()))
                || (offer.searchGroup() != null && searchGroups.contains(offer.searchGroup()))
                || offer.categories().stream().anyMatch(categories::contains);
    }
}
