package io.farandole.events;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What users did and what is known of them: clean, with our item ids, in one sequence a user. */
public sealed interface ActivityEvent extends Event {

    UserId user();

    /** What a user did with an item. */
    sealed interface WithItem extends ActivityEvent {
        ItemId item();

        OfferId offer();
    }

    record Viewed(UserId user, ItemId item, OfferId offer) implements WithItem {}

    record Favourited(UserId user, ItemId item, OfferId offer) implements WithItem {}

    record Unfavourited(UserId user, ItemId item, OfferId offer) implements WithItem {}

    /**
     * @param value stars, 0.5 to 5; positive from 3.5 up
     */
    record Rated(UserId user, ItemId item, OfferId offer, double value) implements WithItem {

        /** From so many stars up a rating speaks for its item. */
        public static final double POSITIVE_STARS = 3.5;

        public Rated {
            Facts.stars(value);
        }

        public boolean isPositive() {
            return value >= POSITIVE_STARS;
        }
    }

    /**
     * @param priceCents of all that are booked together, not of one
     */
    record BookingMade(
            UserId user, ItemId item, OfferId offer, String booking, int quantity, int priceCents)
            implements WithItem {
        public BookingMade {
            Facts.identifier("booking", booking);
            Facts.quantity(quantity);
            Facts.cents("priceCents", priceCents);
        }
    }

    record BookingCancelled(UserId user, ItemId item, OfferId offer, String booking)
            implements WithItem {
        public BookingCancelled {
            Facts.identifier("booking", booking);
        }
    }

    record BookingUsed(UserId user, ItemId item, OfferId offer, String booking)
            implements WithItem {
        public BookingUsed {
            Facts.identifier("booking", booking);
        }
    }

    record Registered(UserId user, @Nullable LocalDate birthDate) implements ActivityEvent {
        public Registered {
            Facts.date("birthDate", birthDate);
        }
    }

    record ProfileChanged(UserId user, @Nullable LocalDate birthDate) implements ActivityEvent {
        public ProfileChanged {
            Facts.date("birthDate", birthDate);
        }
    }

    record CreditGranted(UserId user, int cents, @Nullable Instant expires)
            implements ActivityEvent {
        public CreditGranted {
            Facts.cents("cents", cents);
            Facts.instant("expires", expires);
        }
    }

    record CreditSpent(UserId user, int cents) implements ActivityEvent {
        public CreditSpent {
            Facts.cents("cents", cents);
        }
    }

    record OnboardingAnswered(UserId user, List<String> categories) implements ActivityEvent {
        public OnboardingAnswered {
            categories = Facts.categories(categories);
        }
    }

    record Erased(UserId user) implements ActivityEvent {}
}
