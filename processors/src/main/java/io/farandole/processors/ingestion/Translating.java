package io.farandole.processors.ingestion;

import io.farandole.events.ActivityEvent;
import io.farandole.events.CatalogueEvent.OfferListed;
import io.farandole.events.InteractionEvent;
import io.farandole.events.ItemId;
import io.farandole.events.OfferEvent;
import io.farandole.events.OfferId;
import io.farandole.events.UserEvent;
import org.jspecify.annotations.Nullable;

/** What producers say, in the words of the internal ring. */
final class Translating {

    private static final String OFFER_ITSELF = "offer-";

    private Translating() {}

    static ActivityEvent activity(UserEvent event) {
        return switch (event) {
            case UserEvent.Registered e -> new ActivityEvent.Registered(e.user(), e.birthDate());
            case UserEvent.ProfileChanged e ->
                    new ActivityEvent.ProfileChanged(e.user(), e.birthDate());
            case UserEvent.CreditGranted e ->
                    new ActivityEvent.CreditGranted(e.user(), e.cents(), e.expires());
            case UserEvent.CreditSpent e -> new ActivityEvent.CreditSpent(e.user(), e.cents());
            case UserEvent.OnboardingAnswered e ->
                    new ActivityEvent.OnboardingAnswered(e.user(), e.categories());
            case UserEvent.Erased e -> new ActivityEvent.Erased(e.user());
        };
    }

    static ActivityEvent activity(InteractionEvent event, ItemId item) {
        return switch (event) {
            case InteractionEvent.Viewed e -> new ActivityEvent.Viewed(e.user(), item, e.offer());
            case InteractionEvent.Favourited e ->
                    new ActivityEvent.Favourited(e.user(), item, e.offer());
            case InteractionEvent.Unfavourited e ->
                    new ActivityEvent.Unfavourited(e.user(), item, e.offer());
            case InteractionEvent.Rated e ->
                    new ActivityEvent.Rated(e.user(), item, e.offer(), e.value());
            case InteractionEvent.BookingMade e ->
                    new ActivityEvent.BookingMade(
                            e.user(), item, e.offer(), e.booking(), e.quantity(), e.priceCents());
            case InteractionEvent.BookingCancelled e ->
                    new ActivityEvent.BookingCancelled(e.user(), item, e.offer(), e.booking());
            case InteractionEvent.BookingUsed e ->
                    new ActivityEvent.BookingUsed(e.user(), item, e.offer(), e.booking());
        };
    }

    static OfferListed listed(OfferEvent.Published e) {
        return new OfferListed(
                item(e.offer(), e.product()),
                e.offer(),
                e.title(),
                e.categories(),
                e.priceCents(),
                e.digital(),
                e.stock(),
                e.venue(),
                e.startsAt(),
                e.subcategory(),
                e.searchGroup(),
                e.duo(),
                e.minimumAge(),
                e.bookableUntil(),
                e.latitude(),
                e.longitude());
    }

    static OfferListed listed(OfferEvent.Changed e) {
        return new OfferListed(
                item(e.offer(), e.product()),
                e.offer(),
                e.title(),
                e.categories(),
                e.priceCents(),
                e.digital(),
                e.stock(),
                e.venue(),
                e.startsAt(),
                e.subcategory(),
                e.searchGroup(),
                e.duo(),
                e.minimumAge(),
                e.bookableUntil(),
                e.latitude(),
                e.longitude());
    }

    /** What equivalent offers share is the item; an offer without equals is an item of its own. */
    private static ItemId item(OfferId offer, @Nullable String product) {
        return new ItemId(product == null ? OFFER_ITSELF + offer : product);
    }
}
