package io.farandole.events;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the app's backend and the sources say of what can be recommended. */
public sealed interface OfferEvent extends Event {

    OfferId offer();

    /**
     * An offer exists.
     *
     * @param product what equivalent offers share (an ISBN, a film's id); absent when the offer is
     *     its own item
     * @param stock units left; absent when unlimited
     */
    record Published(
            OfferId offer,
            @Nullable String product,
            String title,
            List<String> categories,
            int priceCents,
            boolean digital,
            @Nullable Integer stock,
            @Nullable String venue,
            @Nullable Instant startsAt)
            implements OfferEvent {
        public Published {
            Facts.identifier("product", product);
            Facts.title(title);
            categories = Facts.categories(categories);
            Facts.cents("priceCents", priceCents);
            Facts.stock(stock);
            Facts.identifier("venue", venue);
            Facts.instant("startsAt", startsAt);
        }
    }

    /** An offer is now as told here; absent stock means unlimited. */
    record Changed(
            OfferId offer,
            @Nullable String product,
            String title,
            List<String> categories,
            int priceCents,
            boolean digital,
            @Nullable Integer stock,
            @Nullable String venue,
            @Nullable Instant startsAt)
            implements OfferEvent {
        public Changed {
            Facts.identifier("product", product);
            Facts.title(title);
            categories = Facts.categories(categories);
            Facts.cents("priceCents", priceCents);
            Facts.stock(stock);
            Facts.identifier("venue", venue);
            Facts.instant("startsAt", startsAt);
        }
    }

    record Withdrawn(OfferId offer) implements OfferEvent {}

    record StockChanged(OfferId offer, @Nullable Integer stock) implements OfferEvent {
        public StockChanged {
            Facts.stock(stock);
        }
    }

    record Moderated(OfferId offer, boolean approved, @Nullable String reason)
            implements OfferEvent {
        public Moderated {
            Facts.reason(reason);
        }
    }
}
