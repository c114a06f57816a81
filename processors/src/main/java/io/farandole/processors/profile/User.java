package io.farandole.processors.profile;

import io.farandole.events.ActivityEvent;
import io.farandole.streams.Told;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user is known by; each part is as last told, by event time.
 *
 * @param creditCents what was granted less what was spent
 * @param movements of the credit, by event time
 * @param onboarding the categories that the user named last
 * @param erased when the user asked to be forgotten last: nothing told before counts any more
 */
record User(
        String user,
        @Nullable LocalDate birthDate,
        @Nullable Told registered,
        long creditCents,
        List<Movement> movements,
        List<String> onboarding,
        @Nullable Told answered,
        @Nullable Told erased) {

    static User unknown(String user) {
        return new User(user, null, null, 0, List.of(), List.of(), null, null);
    }

    /** Whether what was told so is forgotten already. */
    boolean forgets(Told told) {
        return erased != null && !told.isAfter(erased);
    }

    User and(ActivityEvent event, Told by) {
        return switch (event) {
            case ActivityEvent.Registered e -> born(e.birthDate(), by);
            case ActivityEvent.ProfileChanged e -> born(e.birthDate(), by);
            case ActivityEvent.CreditGranted e -> moved(new Movement(by, e.cents(), e.expires()));
            case ActivityEvent.CreditSpent e -> moved(new Movement(by, -e.cents(), null));
            case ActivityEvent.OnboardingAnswered e -> answered(e.categories(), by);
            case ActivityEvent.Erased _ -> erased(by);
            case ActivityEvent.WithItem _ -> this;
        };
    }

    private User born(@Nullable LocalDate date, Told by) {
        return by.isAfter(registered)
                ? new User(user, date, by, creditCents, movements, onboarding, answered, erased)
                : this;
    }

    private User answered(List<String> categories, Told by) {
        return by.isAfter(answered)
                ? new User(
                        user, birthDate, registered, creditCents, movements, categories, by, erased)
                : this;
    }

    private User moved(Movement movement) {
        List<Movement> all = new ArrayList<>(movements);
        all.add(movement);
        all.sort(Comparator.comparing(Movement::told));
        return with(all);
    }

    private User with(List<Movement> all) {
        return new User(
                user,
                birthDate,
                registered,
                all.stream().mapToLong(Movement::cents).sum(),
                List.copyOf(all),
                onboarding,
                answered,
                erased);
    }

    private User erased(Told by) {
        boolean staysRegistered = registered != null && registered.isAfter(by);
        boolean staysAnswered = answered != null && answered.isAfter(by);
        return new User(
                        user,
                        staysRegistered ? birthDate : null,
                        staysRegistered ? registered : null,
                        0,
                        List.of(),
                        staysAnswered ? onboarding : List.of(),
                        staysAnswered ? answered : null,
                        by.or(erased))
                .with(movements.stream().filter(movement -> movement.told().isAfter(by)).toList());
    }
}
