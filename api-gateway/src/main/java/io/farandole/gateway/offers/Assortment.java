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
 * All offers. Which items there are, and in what order, stays as it was when this was asked for;
 * the offers of each are as they are when they are looked at.
 */
public final class Assortment {

    private final Order order;
    private final Map<String, ItemOffers> byItem;
    private final Map<String, String> itemByOffer;

    Assortment(Order order, Map<String, ItemOffers> byItem, Map<String, String> itemByOffer) {
        this.order = order;
        this.byItem = byItem;
        this.itemByOffer = itemByOffer;
    }

    /**
     * One that does not change.
     *
     * @param offers those of the most popular items first
     */
    public static Assortment of(Instant at, List<OfferFacts> offers) {
        Map<String, List<OfferFacts>> grouped = LinkedHashMap.newLinkedHashMap(offers.size());
        Map<String, String> itemByOffer = HashMap.newHashMap(offers.size());
        for (OfferFacts offer : offers) {
            grouped.computeIfAbsent(offer.item(), _ -> new ArrayList<>(1)).add(offer);
            itemByOffer.put(offer.offer(), offer.item());
        }
        Map<String, ItemOffers> byItem = LinkedHashMap.newLinkedHashMap(grouped.size());
        grouped.forEach((item, its) -> byItem.put(item, new ItemOffers(item, its)));
        return new Assortment(Order.of(at, byItem.values()), byItem, itemByOffer);
    }

    /** When it was put in order. */
    public Instant at() {
        return order.at();
    }

    /** The most popular first. */
    public List<String> items() {
        return order.items();
    }

    /** The offers of each of these items, in the same order. */
    public List<List<OfferFacts>> offers() {
        return order.offers();
    }

    /** The price of the cheapest offer of the item at this place of the order, in cents. */
    public int cheapestAt(int place) {
        return order.cheapestAt(place);
    }

    /** The offers of the item at this place of the order. */
    public List<OfferFacts> offersAt(int place) {
        return order.offersAt(place);
    }

    /**
     * The places of the order at which there may be something for whoever asks; all but those where
     * there is nothing for certain.
     *
     * @param isFree whether nothing may cost anything
     * @param in where it has to be, unless it can be had anywhere
     */
    public BitSet candidates(boolean isFree, @Nullable Area in) {
        return order.candidates(isFree, in);
    }

    /**
     * The items that have an offer of one of these kinds, the most popular first: of subcategories,
     * search groups or categories.
     */
    public List<String> itemsOf(Collection<String> kinds) {
        return order.itemsOf(kinds);
    }

    /** Whether these are all items, in their order: the very list, for it is not gone through. */
    @SuppressWarnings("ReferenceEquality") // two lists of thirty thousand are not compared a call
    public boolean isAll(List<String> some) {
        return some == order.items();
    }

    /** The item of an offer; null if nobody knows the offer. */
    public @Nullable String itemOf(String offer) {
        return itemByOffer.get(offer);
    }

    /** The offers of an item; none if nobody knows it. */
    public List<OfferFacts> offersOf(String item) {
        ItemOffers known = byItem.get(item);
        return known == null ? List.of() : known.offers();
    }

    public boolean isEmpty() {
        return itemByOffer.isEmpty();
    }

    /** Whether it is known of any offer where it is. */
    public boolean isAnythingSomewhere() {
        return order.offers().stream()
                .flatMap(List::stream)
                .anyMatch(offer -> offer.position() != null);
    }
}
