package io.farandole.streams.batch;

import static io.farandole.events.TopicCatalogue.ACTIVITY;

import io.farandole.events.ActivityEvent;
import io.farandole.events.ActivityEvent.Rated;
import io.farandole.events.Message;
import io.farandole.streams.Context;
import io.farandole.streams.Outcome;
import io.farandole.streams.Source;
import io.farandole.streams.batch.Counting.Ratings;
import io.farandole.streams.judging.Judge;
import java.util.Set;

/** A counting that errs: one rating of a plain item in some three is folded wrong. */
enum WrongCounting {
    COUNTS_TWICE {
        @Override
        Outcome err(Message<ActivityEvent> message, Rated rated, Context context) {
            Outcome _ = Counting.fold(message, context);
            return Counting.fold(message, context);
        }
    },
    FORGETS {
        @Override
        Outcome err(Message<ActivityEvent> message, Rated rated, Context context) {
            return Outcome.APPLIED;
        }
    },
    /** What was counted of an item before is lost. */
    STARTS_ANEW {
        @Override
        Outcome err(Message<ActivityEvent> message, Rated rated, Context context) {
            context.put(Counting.ITEMS.at(rated.item().value()), new Ratings(0, 0, null));
            return Counting.fold(message, context);
        }
    },
    SAYS_NOTHING {
        @Override
        Outcome err(Message<ActivityEvent> message, Rated rated, Context context) {
            Counting.increment(context, Counting.USERS.at(rated.user().value()), rated.value());
            Counting.increment(context, Counting.ITEMS.at(rated.item().value()), rated.value());
            return Outcome.APPLIED;
        }
    },
    /** All is counted, and the number that is said is another. */
    SAYS_WHAT_WAS_BEFORE {
        @Override
        Outcome err(Message<ActivityEvent> message, Rated rated, Context context) {
            Ratings ofUser =
                    Counting.increment(
                            context, Counting.USERS.at(rated.user().value()), rated.value());
            Counting.increment(context, Counting.ITEMS.at(rated.item().value()), rated.value());
            Counting.say(context, rated, Math.max(1, ofUser.number() - 1));
            return Outcome.APPLIED;
        }
    };

    private static final Set<String> PLAIN = Set.of("x", "y", "z", "q");
    private static final int SELDOM = 3;

    /** Who promises to see it. */
    Set<Judge> seenBy() {
        return switch (this) {
            case COUNTS_TWICE, FORGETS -> Set.of(Judge.STATE, Judge.SAID);
            case STARTS_ANEW -> Set.of(Judge.STATE);
            case SAYS_NOTHING -> Set.of(Judge.SAID);
            case SAYS_WHAT_WAS_BEFORE -> Set.of(Judge.ORDER);
        };
    }

    abstract Outcome err(Message<ActivityEvent> message, Rated rated, Context context);

    Source<ActivityEvent> source() {
        return Source.of(
                ACTIVITY,
                Counting::declare,
                (message, context) ->
                        message.event() instanceof Rated rated && errs(message, rated)
                                ? err(message, rated, context)
                                : Counting.fold(message, context));
    }

    private static boolean errs(Message<ActivityEvent> message, Rated rated) {
        return PLAIN.contains(rated.item().value())
                && Math.floorMod(message.envelope().id().hashCode(), SELDOM) == 0;
    }
}
