package io.farandole.gateway.offers;

import io.farandole.events.CatalogueEvent.OfferListed;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What equivalent offers share, as told with the one that was listed last.
 *
 * @param title absent while nobody has said one
 */
record KeptItem(String item, @Nullable String title, List<String> categories, Told told) {

    KeptItem {
        categories = List.copyOf(categories);
    }

    static KeptItem of(OfferListed event, Told by) {
        return new KeptItem(event.item().value(), event.title(), event.categories(), by);
    }

    static KeptItem kept(
            String item, @Nullable String title, List<String> categories, JsonNode told) {
        return new KeptItem(item, title, categories, Told.kept(told));
    }

    /** The one that was told later; this one, if they are as late. */
    KeptItem or(KeptItem other) {
        return other.told.isAfter(told) ? other : this;
    }
}
