package io.farandole.processors.catalogue;

import io.farandole.events.CatalogueEvent.OfferListed;
import io.farandole.streams.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An item as it is known.
 *
 * @param title as told with the offer that was listed last; absent while none was
 * @param offers those by which it can be had
 * @param listings of all offers that it ever had
 */
record Item(
        String item,
        @Nullable String title,
        List<String> categories,
        @Nullable Told told,
        List<String> offers,
        List<Listing> listings) {

    static Item unknown(String item) {
        return new Item(item, null, List.of(), null, List.of(), List.of());
    }

    Item listed(OfferListed event, Told by) {
        Item named =
                by.isAfter(told)
                        ? new Item(item, event.title(), event.categories(), by, offers, listings)
                        : this;
        return named.with(event.offer().value(), listing -> listing.listedBy(by));
    }

    Item withdrawn(String offer, Told by) {
        return with(offer, listing -> listing.withdrawnBy(by));
    }

    private Item with(String offer, UnaryOperator<Listing> change) {
        List<Listing> changed = new ArrayList<>(listings);
        int at = 0;
        while (at < changed.size() && changed.get(at).offer().compareTo(offer) < 0) {
            at++;
        }
        if (at < changed.size() && changed.get(at).offer().equals(offer)) {
            changed.set(at, change.apply(changed.get(at)));
        } else {
            changed.add(at, change.apply(Listing.none(offer)));
        }
        List<String> live = changed.stream().filter(Listing::isLive).map(Listing::offer).toList();
        return new Item(item, title, categories, told, live, List.copyOf(changed));
    }
}
