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
     * @param subcategory the one kind that it is of, finer than its search group
     * @param duo whether it is for two; absent when it is not
     * @param minimumAge in years, of whom it may be shown to; absent when to everybody
     * @param bookableUntil absent when until it starts
     * @param latitude where it is to be had, in degrees (WGS 84), with {@code longitude} or not at
     *     all
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
            @Nullable Instant startsAt,
            @Nullable String subcategory,
            @Nullable String searchGroup,
            @Nullable Boolean duo,
            @Nullable Integer minimumAge,
            @Nullable Instant bookableUntil,
            @Nullable Double latitude,
            @Nullable Double longitude)
            implements OfferEvent {
        public Published {
            Facts.identifier("product", product);
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
        public Published(
                OfferId offer,
                @Nullable String product,
                String title,
                List<String> categories,
                int priceCents,
                boolean digital,
                @Nullable Integer stock,
                @Nullable String venue,
                @Nullable Instant startsAt) {
            this(
                    offer,
                    product,
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
            @Nullable Instant startsAt,
            @Nullable String subcategory,
            @Nullable String searchGroup,
            @Nullable Boolean duo,
            @Nullable Integer minimumAge,
            @Nullable Instant bookableUntil,
            @Nullable Double latitude,
            @Nullable Double longitude)
            implements OfferEvent {
        public Changed {
            Facts.identifier("product", product);
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
        public Changed(
                OfferId offer,
                @Nullable String product,
                String title,
                List<String> categories,
                int priceCents,
                boolean digital,
                @Nullable Integer stock,
                @Nullable String venue,
                @Nullable Instant startsAt) {
            this(
                    offer,
                    product,
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
