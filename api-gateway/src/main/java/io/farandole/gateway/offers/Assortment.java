package io.farandole.gateway.offers;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All offers as they were at one moment.
 *
 * @param items the most popular first
 */
public record Assortment(
        Instant at,
        List<String> items,
        Map<String, List<OfferFacts>> byItem,
        Map<String, String> itemByOffer) {

    /**
     * @param offers those of the most popular items first
     */
    public static Assortment of(Instant at, List<OfferFacts> offers) {
        Map<String, List<OfferFacts>> byItem = LinkedHashMap.newLinkedHashMap(offers.size());
        Map<String, String> itemByOffer = HashMap.newHashMap(offers.size());
        for (OfferFacts offer : offers) {
            byItem.computeIfAbsent(offer.item(), _ -> new ArrayList<>(1)).add(offer);
            itemByOffer.put(offer.offer(), offer.item());
        }
        return new Assortment(at, List.copyOf(byItem.keySet()), byItem, itemByOffer);
    }

    /** The item of an offer; null if nobody knows the offer. */
    public @Nullable String itemOf(String offer) {
        return itemByOffer.get(offer);
    }

    /** The offers of an item; none if nobody knows it. */
    public List<OfferFacts> offersOf(String item) {
        return byItem.getOrDefault(item, List.of());
    }

    public boolean isEmpty() {
        return byItem.isEmpty();
    }

    /** Whether it is known of any offer where it is. */
    public boolean isAnythingSomewhere() {
        return byItem.values().stream()
                .flatMap(List::stream)
                .anyMatch(offer -> offer.position() != null);
    }
}
