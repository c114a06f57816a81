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
            @Nullable Instant startsAt)
            implements CatalogueEvent {
        public OfferListed {
            Facts.title(title);
            categories = Facts.categories(categories);
            Facts.cents("priceCents", priceCents);
            Facts.stock(stock);
            Facts.identifier("venue", venue);
            Facts.instant("startsAt", startsAt);
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
