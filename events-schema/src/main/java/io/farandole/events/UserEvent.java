package io.farandole.events;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the app's backend says of its users. */
public sealed interface UserEvent extends Event {

    UserId user();

    record Registered(UserId user, @Nullable LocalDate birthDate) implements UserEvent {
        public Registered {
            Facts.date("birthDate", birthDate);
        }
    }

    record ProfileChanged(UserId user, @Nullable LocalDate birthDate) implements UserEvent {
        public ProfileChanged {
            Facts.date("birthDate", birthDate);
        }
    }

    record CreditGranted(UserId user, int cents, @Nullable Instant expires) implements UserEvent {
        public CreditGranted {
            Facts.cents("cents", cents);
            Facts.instant("expires", expires);
        }
    }

    record CreditSpent(UserId user, int cents) implements UserEvent {
        public CreditSpent {
            Facts.cents("cents", cents);
        }
    }

    record OnboardingAnswered(UserId user, List<String> categories) implements UserEvent {
        public OnboardingAnswered {
            categories = Facts.categories(categories);
        }
    }

    record Erased(UserId user) implements UserEvent {}
}
