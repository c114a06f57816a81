package io.farandole.gateway.eligibility;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom an answer is for.
 *
 * @param birthDate absent when it is not known
 * @param purse what can be spent
 * @param purseUntil when some of that is over by itself; absent when never
 * @param hadItems booked and not cancelled, or rated
 * @param onboarding the categories that were named at the start
 */
public record Person(
        @Nullable LocalDate birthDate,
        Purse purse,
        @Nullable Instant purseUntil,
        Set<String> hadItems,
        List<String> onboarding) {

    public Person {
        hadItems = Set.copyOf(hadItems);
        onboarding = List.copyOf(onboarding);
    }

    /** Whose credit does not end. */
    public Person(
            @Nullable LocalDate birthDate,
            Purse purse,
            Set<String> hadItems,
            List<String> onboarding) {
        this(birthDate, purse, null, hadItems, onboarding);
    }

    /** Nobody knows anything of them: they see what everybody may see, and costs nothing. */
    public static Person unknown() {
        return new Person(null, Purse.EMPTY, Set.of(), List.of());
    }
}
