package io.farandole.gateway.offers;

import java.util.List;

/** An item, and its offers as they are this moment; none, when the last one is gone. */
final class ItemOffers {

    private final String item;
    private volatile Kept kept;
    // In the order that is the latest; known to whoever writes.
    private int place;

    ItemOffers(String item, List<OfferFacts> offers) {
        this.item = item;
        this.kept = Kept.of(offers);
    }

    String item() {
        return item;
    }

    int place() {
        return place;
    }

    void isAt(int now) {
        place = now;
    }

    /** In the order of their ids. */
    List<OfferFacts> offers() {
        return kept.offers();
    }

    /** The price of the cheapest offer in cents; 0 if there is none. */
    int cheapest() {
        return kept.cheapest();
    }

    void are(List<OfferFacts> now) {
        kept = Kept.of(now);
    }

    private record Kept(List<OfferFacts> offers, int cheapest) {

        static Kept of(List<OfferFacts> offers) {
            return new Kept(
                    List.copyOf(offers),
                    offers.stream().mapToInt(OfferFacts::priceCents).min().orElse(0));
        }
    }
}
