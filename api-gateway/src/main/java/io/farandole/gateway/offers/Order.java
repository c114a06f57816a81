package io.farandole.gateway.offers;

import java.time.Instant;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Items in the order in which they are looked at, the most popular first. It grows at its end:
 * whoever has it already sees none of what came later, but sees each item's offers as they are.
 */
final class Order {

    private final Instant at;
    // With room for more behind those that count.
    private final ItemOffers[] places;
    private final int count;
    private final Kinds kinds;
    private final Grounds grounds;
    private final List<String> items = new View<>(ItemOffers::item);
    private final List<List<OfferFacts>> offers = new View<>(ItemOffers::offers);

    private Order(Instant at, ItemOffers[] places, int count, Kinds kinds, Grounds grounds) {
        this.at = at;
        this.places = places;
        this.count = count;
        this.kinds = kinds;
        this.grounds = grounds;
    }

    /**
     * @param at when they were put in this order
     */
    static Order of(Instant at, Collection<ItemOffers> items) {
        ItemOffers[] places = items.toArray(ItemOffers[]::new);
        for (int place = 0; place < places.length; place++) {
            places[place].isAt(place);
        }
        return new Order(at, places, places.length, Kinds.of(places), Grounds.of(places));
    }

    /** With one more, the least of all. Of each order only the latest may be told of more. */
    Order and(ItemOffers item) {
        ItemOffers[] all = count < places.length ? places : Arrays.copyOf(places, 2 * count + 16);
        all[count] = item;
        item.isAt(count);
        return new Order(at, all, count + 1, kinds, grounds);
    }

    /** The same, as if all had been put in order then. */
    Order asOf(Instant now) {
        return new Order(now, places, count, kinds, grounds);
    }

    /** Something of an item of this order is another now. */
    void touched(ItemOffers item) {
        grounds.touched(item.place());
    }

    /** Whether nothing was told of its items since all were put in order. */
    boolean isUntouched() {
        return count == kinds.size() && grounds.isUntouched();
    }

    /**
     * The places of which something may be for whoever asks: all but those of which it is certain
     * that nothing is.
     *
     * @param isFree whether nothing may cost anything
     * @param in where it has to be, unless it can be had anywhere
     */
    BitSet candidates(boolean isFree, @Nullable Area in) {
        return grounds.candidates(isFree, in, count);
    }

    Instant at() {
        return at;
    }

    /** The same list each time. */
    List<String> items() {
        return items;
    }

    /** Of each of these items, in the same order. */
    List<List<OfferFacts>> offers() {
        return offers;
    }

    /** Of the item there, the price of its cheapest offer in cents. */
    int cheapestAt(int place) {
        return places[place].cheapest();
    }

    /** The offers of the item there. */
    List<OfferFacts> offersAt(int place) {
        return places[place].offers();
    }

    /** The items that have an offer of one of these subcategories, search groups or categories. */
    List<String> itemsOf(Collection<String> wished) {
        BitSet found = kinds.places(wished);
        for (int place = kinds.size(); place < count; place++) {
            if (places[place].offers().stream().anyMatch(offer -> Kinds.isOf(offer, wished))) {
                found.set(place);
            }
        }
        // Most of them nobody looks at: they are not all named.
        return new Picked(found.stream().toArray());
    }

    /** What was of which kind when all were put in order; what came later is not in it. */
    private record Kinds(Map<String, BitSet> byKind, int size) {

        static Kinds of(ItemOffers[] places) {
            Map<String, BitSet> byKind = new HashMap<>();
            for (int place = 0; place < places.length; place++) {
                for (OfferFacts offer : places[place].offers()) {
                    add(byKind, offer.subcategory(), place);
                    add(byKind, offer.searchGroup(), place);
                    for (String category : offer.categories()) {
                        add(byKind, category, place);
                    }
                }
            }
            return new Kinds(byKind, places.length);
        }

        private static void add(Map<String, BitSet> byKind, @Nullable String kind, int place) {
            if (kind != null) {
                byKind.computeIfAbsent(kind, _ -> new BitSet()).set(place);
            }
        }

        BitSet places(Collection<String> wished) {
            BitSet places = new BitSet();
            for (String kind : wished) {
                BitSet its = byKind.get(kind);
                if (its != null) {
                    places.or(its);
                }
            }
            return places;
        }

        static boolean isOf(OfferFacts offer, Collection<String> wished) {
            return (offer.subcategory() != null && wished.contains(offer.subcategory()))
                    || (offer.searchGroup() != null && wished.contains(offer.searchGroup()))
                    || offer.categories().stream().anyMatch(wished::contains);
        }
    }

    private final class Picked extends AbstractList<String> implements RandomAccess {

        private final int[] at;

        Picked(int[] at) {
            this.at = at;
        }

        @Override
        public String get(int index) {
            return places[at[index]].item();
        }

        @Override
        public int size() {
            return at.length;
        }
    }

    private final class View<T> extends AbstractList<T> implements RandomAccess {

        private final Function<ItemOffers, T> part;

        View(Function<ItemOffers, T> part) {
            this.part = part;
        }

        @Override
        public T get(int place) {
            if (place >= count) {
                throw new IndexOutOfBoundsException(place);
            }
            return part.apply(places[place]);
        }

        @Override
        public int size() {
            return count;
        }
    }
}
