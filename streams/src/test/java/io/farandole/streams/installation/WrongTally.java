package io.farandole.streams.installation;

import static io.farandole.events.TopicCatalogue.RECOMMENDATIONS;

import io.farandole.events.ActivityEvent;
import io.farandole.events.ActivityEvent.Viewed;
import io.farandole.events.Message;
import io.farandole.events.RecommendationEvent.ListRefreshed;
import io.farandole.streams.Context;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Row;
import io.farandole.streams.judging.Judge;
import java.util.List;
import java.util.Set;

/** A tally that errs now and then: one view in some fifty is folded wrong. */
public enum WrongTally {
    COUNTS_TWICE {
        @Override
        Outcome err(Message<ActivityEvent> message, Viewed viewed, Context context) {
            Outcome _ = Tally.fold(message, context);
            return Tally.fold(message, context);
        }
    },
    FORGETS {
        @Override
        Outcome err(Message<ActivityEvent> message, Viewed viewed, Context context) {
            return Outcome.APPLIED;
        }
    },
    /** What was counted of an item before is lost. */
    STARTS_ANEW {
        @Override
        Outcome err(Message<ActivityEvent> message, Viewed viewed, Context context) {
            context.put(Tally.item(viewed), new Tally.Count(0));
            return Tally.fold(message, context);
        }
    },
    SAYS_NOTHING {
        @Override
        Outcome err(Message<ActivityEvent> message, Viewed viewed, Context context) {
            Tally.increment(Tally.item(viewed), context);
            Tally.increment(Tally.user(viewed), context);
            return Outcome.APPLIED;
        }
    },
    SAYS_WHAT_WAS_BEFORE {
        @Override
        Outcome err(Message<ActivityEvent> message, Viewed viewed, Context context) {
            Row<Tally.Count> user = Tally.user(viewed);
            Tally.Count before = context.get(user);
            Tally.increment(Tally.item(viewed), context);
            Tally.increment(user, context);
            context.say(
                    RECOMMENDATIONS,
                    new ListRefreshed(
                            viewed.user(),
                            before == null ? 1 : (int) before.number(),
                            List.of(viewed.item()),
                            null));
            return Outcome.APPLIED;
        }
    },
    /** Nothing is wrong with what is put aside. */
    PUTS_ASIDE {
        @Override
        Outcome err(Message<ActivityEvent> message, Viewed viewed, Context context) {
            return new Outcome.Rejected("nothing is wrong with it", "$.viewed");
        }
    };

    private static final int SELDOM = 50;

    /** Who promises to see it. */
    public Set<Judge> seenBy() {
        return switch (this) {
            case COUNTS_TWICE, FORGETS -> Set.of(Judge.STATE, Judge.SAID);
            case STARTS_ANEW -> Set.of(Judge.STATE);
            case SAYS_NOTHING -> Set.of(Judge.SAID, Judge.ORDER);
            case SAYS_WHAT_WAS_BEFORE -> Set.of(Judge.ORDER);
            case PUTS_ASIDE -> Set.of(Judge.STATE, Judge.LEDGER, Judge.DEAD_LETTERS, Judge.SAID);
        };
    }

    abstract Outcome err(Message<ActivityEvent> message, Viewed viewed, Context context);

    public Processor processor() {
        return Tally.folding(
                (message, context) ->
                        message.event() instanceof Viewed viewed
                                        && Math.floorMod(message.envelope().id().hashCode(), SELDOM)
                                                == 0
                                ? err(message, viewed, context)
                                : Tally.fold(message, context));
    }
}
