package io.farandole.gateway.offers;

import java.util.List;

/** An item, and its offers as they are this moment; none, when the last one is gone. */
final class ItemOffers {

    private final String item;
    private volatile List<OfferFacts> offers;

    ItemOffers(String item, List<OfferFacts> offers) {
        this.item = item;
        this.offers = List.copyOf(offers);
    }

    String item() {
        return item;
    }

    /** In the order of their ids. */
    List<OfferFacts> offers() {
        return offers;
    }

    void are(List<OfferFacts> now) {
        offers = List.copyOf(now);
    }
}
