package io.farandole.events;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What exists and what may be recommended: items and their offers. */
public sealed interface CatalogueEvent extends Event {

    ItemId item();

    OfferId offer();

    /** An offer of an item is now as told here; absent stock means unlimited. */
    record OfferListed(
            ItemId item,
            OfferId offer,
            String title,
            List<String> categories,
            int priceCents,
            boolean digital,
            @Nullable Integer stock,
            @Nullable String venue,
            @Nullable Instant startsAt,
            @Nullable String subcategory,
            @Nullable String searchGroup,
            @Nullable Boolean duo,
            @Nullable Integer minimumAge,
            @Nullable Instant bookableUntil,
            @Nullable Double latitude,
            @Nullable Double longitude)
            implements CatalogueEvent {
        public OfferListed {
            Facts.title(title);
            categories = Facts.categories(categories);
            Facts.cents("priceCents", priceCents);
            Facts.stock(stock);
            Facts.identifier("venue", venue);
            Facts.instant("startsAt", startsAt);
            Facts.kind("subcategory", subcategory);
            Facts.kind("searchGroup", searchGroup);
            Facts.age("minimumAge", minimumAge);
            Facts.instant("bookableUntil", bookableUntil);
            Facts.position(latitude, longitude);
        }

        /** Without what only some producers say. */
        public OfferListed(
                ItemId item,
                OfferId offer,
                String title,
                List<String> categories,
                int priceCents,
                boolean digital,
                @Nullable Integer stock,
                @Nullable String venue,
                @Nullable Instant startsAt) {
            this(
                    item,
                    offer,
                    title,
                    categories,
                    priceCents,
                    digital,
                    stock,
                    venue,
                    startsAt,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }
    }

    record OfferWithdrawn(ItemId item, OfferId offer) implements CatalogueEvent {}

    record StockChanged(ItemId item, OfferId offer, @Nullable Integer stock)
            implements CatalogueEvent {
        public StockChanged {
            Facts.stock(stock);
        }
    }

    record OfferModerated(ItemId item, OfferId offer, boolean approved, @Nullable String reason)
            implements CatalogueEvent {
        public OfferModerated {
            Facts.reason(reason);
        }
    }
}
