package io.farandole.processors.lists;

import io.farandole.events.ActivityEvent;
import io.farandole.streams.Told;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a user did, as far as recommending needs it; each fact is as last told, by event time.
 *
 * @param sequence how many events of the user were heard: of two states of a history, the one with
 *     more is the later
 * @param onboarding the categories that the user named last
 * @param erased when the user asked to be forgotten last: nothing told before counts any more
 */
public record History(
        String user,
        long sequence,
        Facts facts,
        List<String> onboarding,
        @Nullable Told answered,
        @Nullable Told registered,
        @Nullable Told erased) {

    public static History none(String user) {
        return new History(user, 0, Facts.NONE, List.of(), null, null, null);
    }

    /** What was told last of the user, if anything is known. */
    public @Nullable Told lastTold() {
        return Stream.concat(
                        facts.sorted().stream().map(Fact::told),
                        Stream.of(answered, registered).filter(Objects::nonNull))
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Whether the user is forgotten, and did nothing since. */
    public boolean isForgotten() {
        return erased != null && facts.isEmpty() && answered == null && registered == null;
    }

    /** Whether what was told so is forgotten already. */
    public boolean forgets(Told told) {
        return erased != null && !told.isAfter(erased);
    }

    /** One more event was heard of the user; what it says counts unless it is forgotten already. */
    public History heard(ActivityEvent event, Told by) {
        History heard = heard();
        if (heard.forgets(by)) {
            return heard;
        }
        return switch (event) {
            case ActivityEvent.WithItem act -> heard.and(Fact.of(act, by));
            case ActivityEvent.Registered _ -> heard.registered(by);
            case ActivityEvent.OnboardingAnswered answered ->
                    heard.answered(answered.categories(), by);
            case ActivityEvent.Erased _ -> heard.erased(by);
            case ActivityEvent.ProfileChanged _,
                    ActivityEvent.CreditGranted _,
                    ActivityEvent.CreditSpent _ ->
                    heard;
        };
    }

    /** One more event was heard, whatever it says. */
    private History heard() {
        return new History(user, sequence + 1, facts, onboarding, answered, registered, erased);
    }

    public History and(Fact fact) {
        return new History(
                user, sequence, facts.and(fact), onboarding, answered, registered, erased);
    }

    public History answered(List<String> categories, Told by) {
        return by.isAfter(answered)
                ? new History(user, sequence, facts, categories, by, registered, erased)
                : this;
    }

    public History registered(Told by) {
        return new History(user, sequence, facts, onboarding, answered, by.or(registered), erased);
    }

    public History erased(Told by) {
        boolean staysAnswered = answered != null && answered.isAfter(by);
        return new History(
                user,
                sequence,
                facts.since(by),
                staysAnswered ? onboarding : List.of(),
                staysAnswered ? answered : null,
                registered != null && registered.isAfter(by) ? registered : null,
                by.or(erased));
    }
}
