package io.farandole.processors.ingestion;

import io.farandole.events.CatalogueEvent.OfferListed;
import io.farandole.events.ItemId;
import io.farandole.streams.Told;
import java.util.List;

/** An offer as it was last told, by event time: what interactions with it are resolved by. */
record KnownOffer(String item, String title, List<String> categories, Told told) {

    static KnownOffer of(OfferListed listed, Told told) {
        return new KnownOffer(listed.item().value(), listed.title(), listed.categories(), told);
    }

    ItemId itemId() {
        return new ItemId(item);
    }
}
