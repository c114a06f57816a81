package io.farandole.events;

/** What users do in the app, as the app says it: with offers, not yet items. */
public sealed interface InteractionEvent extends Event {

    UserId user();

    OfferId offer();

    record Viewed(UserId user, OfferId offer) implements InteractionEvent {}

    record Favourited(UserId user, OfferId offer) implements InteractionEvent {}

    record Unfavourited(UserId user, OfferId offer) implements InteractionEvent {}

    /**
     * @param value stars, 0.5 to 5
     */
    record Rated(UserId user, OfferId offer, double value) implements InteractionEvent {
        public Rated {
            Facts.stars(value);
        }
    }

    /**
     * @param priceCents of all that are booked together, not of one; it is taken from the credit
     */
    record BookingMade(UserId user, OfferId offer, String booking, int quantity, int priceCents)
            implements InteractionEvent {
        public BookingMade {
            Facts.identifier("booking", booking);
            Facts.quantity(quantity);
            Facts.cents("priceCents", priceCents);
        }
    }

    record BookingCancelled(UserId user, OfferId offer, String booking)
            implements InteractionEvent {
        public BookingCancelled {
            Facts.identifier("booking", booking);
        }
    }

    record BookingUsed(UserId user, OfferId offer, String booking) implements InteractionEvent {
        public BookingUsed {
            Facts.identifier("booking", booking);
        }
    }
}
