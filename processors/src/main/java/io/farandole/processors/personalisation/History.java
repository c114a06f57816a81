package io.farandole.processors.personalisation;

import io.farandole.streams.Told;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user did, as far as recommending needs it; each fact is as last told, by event time.
 *
 * @param onboarding the categories that the user named last
 * @param erased when the user asked to be forgotten last: nothing told before counts any more
 */
record History(
        String user,
        Facts facts,
        List<String> onboarding,
        @Nullable Told answered,
        @Nullable Told registered,
        @Nullable Told erased) {

    static History none(String user) {
        return new History(user, Facts.NONE, List.of(), null, null, null);
    }

    /** Whether the user is forgotten, and did nothing since. */
    boolean isForgotten() {
        return erased != null && facts.isEmpty() && answered == null && registered == null;
    }

    /** Whether what was told so is forgotten already. */
    boolean forgets(Told told) {
        return erased != null && !told.isAfter(erased);
    }

    History and(Fact fact) {
        return new History(user, facts.and(fact), onboarding, answered, registered, erased);
    }

    History answered(List<String> categories, Told by) {
        return by.isAfter(answered)
                ? new History(user, facts, categories, by, registered, erased)
                : this;
    }

    History registered(Told by) {
        return new History(user, facts, onboarding, answered, by.or(registered), erased);
    }

    History erased(Told by) {
        boolean staysAnswered = answered != null && answered.isAfter(by);
        return new History(
                user,
                facts.since(by),
                staysAnswered ? onboarding : List.of(),
                staysAnswered ? answered : null,
                registered != null && registered.isAfter(by) ? registered : null,
                by.or(erased));
    }
}
