package io.farandole.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a user rules and lists go by.
 *
 * @param age in years, today; null when no birth date is known
 * @param onboarding the categories that were named at the start
 * @param items with how many items the user has had to do
 * @param itemsHad how many of them are rated or booked, and so not shown any more
 * @param list null when there is none
 */
public record KnownUser(
        String user,
        @Nullable Integer age,
        CreditCents creditCents,
        List<String> onboarding,
        int items,
        int itemsHad,
        @Nullable ListFacts list) {

    /** What can be spent now, in cents: in all, and on either kind. */
    public record CreditCents(long all, long digital, long physical) {}

    /** The user's own list, in the release that is served. */
    public record ListFacts(String release, @Nullable String model, int version, int items) {}
}
