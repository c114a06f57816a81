package io.farandole.gateway.offers;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All offers as they were at one moment.
 *
 * @param items the most popular first
 * @param offers of each of these items, in the same order
 * @param cheapest of each of these items, the price of its cheapest offer in cents
 * @param placesByKind where in that order are items that have an offer of that subcategory, search
 *     group or category
 */
public record Assortment(
        Instant at,
        List<String> items,
        List<List<OfferFacts>> offers,
        List<Integer> cheapest,
        Map<String, List<OfferFacts>> byItem,
        Map<String, String> itemByOffer,
        Map<String, BitSet> placesByKind) {

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
        return new Assortment(
                at,
                List.copyOf(byItem.keySet()),
                List.copyOf(byItem.values()),
                byItem.values().stream().map(Assortment::cheapest).toList(),
                byItem,
                itemByOffer,
                placesByKind(byItem.values()));
    }

    /** The same, at another moment. */
    Assortment stillSo(Instant now) {
        return new Assortment(now, items, offers, cheapest, byItem, itemByOffer, placesByKind);
    }

    private static int cheapest(List<OfferFacts> offers) {
        return offers.stream().mapToInt(OfferFacts::priceCents).min().orElse(0);
    }

    private static Map<String, BitSet> placesByKind(Collection<List<OfferFacts>> byPlace) {
        Map<String, BitSet> places = new HashMap<>();
        int place = 0;
        for (List<OfferFacts> offers : byPlace) {
            for (OfferFacts offer : offers) {
                add(places, offer.subcategory(), place);
                add(places, offer.searchGroup(), place);
                for (String category : offer.categories()) {
                    add(places, category, place);
                }
            }
            place++;
        }
        return places;
    }

    private static void add(Map<String, BitSet> places, @Nullable String kind, int place) {
        if (kind != null) {
            places.computeIfAbsent(kind, _ -> new BitSet()).set(place);
        }
    }

    /** The items that have an offer of one of these kinds, the most popular first. */
    public List<String> itemsOf(Collection<String> kinds) {
        BitSet places = new BitSet();
        for (String kind : kinds) {
            BitSet its = placesByKind.get(kind);
            if (its != null) {
                places.or(its);
            }
        }
        return places.stream().mapToObj(items::get).toList();
    }

    /** The item of an offer; null if nobody knows the offer. */
    public @Nullable String itemOf(String offer) {
        return itemByOffer.get(offer);
    }

    /** The offers of an item; none if nobody knows it. */
    public List<OfferFacts> offersOf(String item) {
        return byItem.getOrDefault(item, List.of());
    }

    /** Whether these are all items, in their order: the very list, for it is not gone through. */
    @SuppressWarnings("ReferenceEquality") // two lists of thirty thousand are not compared a call
    public boolean isAll(List<String> some) {
        return some == items;
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
