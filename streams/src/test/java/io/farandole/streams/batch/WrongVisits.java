package io.farandole.streams.batch;

import static io.farandole.events.TopicCatalogue.ACTIVITY;

import io.farandole.events.ActivityEvent;
import io.farandole.events.ActivityEvent.Viewed;
import io.farandole.events.Message;
import io.farandole.streams.Context;
import io.farandole.streams.Outcome;
import io.farandole.streams.Source;
import io.farandole.streams.Touched;
import io.farandole.streams.batch.Visits.Count;
import io.farandole.streams.judging.Judge;
import java.time.Instant;
import java.util.Set;

/** Visits that are counted wrong: one view in some three. */
enum WrongVisits {
    COUNTS_TWICE {
        @Override
        Outcome err(Message<ActivityEvent> message, Viewed viewed, Context context) {
            Outcome _ = Visits.fold(message, context);
            return Visits.fold(message, context);
        }
    },
    FORGETS {
        @Override
        Outcome err(Message<ActivityEvent> message, Viewed viewed, Context context) {
            return Outcome.APPLIED;
        }
    },
    /** What was counted in the window before is lost. */
    STARTS_ANEW {
        @Override
        Outcome err(Message<ActivityEvent> message, Viewed viewed, Context context) {
            String user = viewed.user().value();
            Instant time = message.envelope().time();
            return switch (viewed.item().value()) {
                case "hour" -> Visits.OF_HOUR.update(context, user, time, (_, _) -> ONE);
                case "hop" -> Visits.OF_HOP.update(context, user, time, (_, _) -> ONE);
                default -> Visits.fold(message, context);
            };
        }
    },
    /** What a window holds is never said. */
    SAYS_NOTHING {
        @Override
        Outcome err(Message<ActivityEvent> message, Viewed viewed, Context context) {
            String user = viewed.user().value();
            Instant time = message.envelope().time();
            return switch (viewed.item().value()) {
                case "hour" ->
                        Visits.HOURLY.update(context, user, time, (_, had) -> Count.plusOne(had));
                case "hop" ->
                        Visits.HOPPING.update(context, user, time, (_, had) -> Count.plusOne(had));
                default -> Visits.fold(message, context);
            };
        }
    },
    /** It is counted in the window in which it was published. */
    TAKES_THE_WRONG_TIME {
        @Override
        Outcome err(Message<ActivityEvent> message, Viewed viewed, Context context) {
            String user = viewed.user().value();
            Instant time = message.envelope().recordedTime();
            return switch (viewed.item().value()) {
                case "hour" ->
                        Visits.OF_HOUR.update(context, user, time, (_, had) -> Count.plusOne(had));
                case "hop" ->
                        Visits.OF_HOP.update(context, user, time, (_, had) -> Count.plusOne(had));
                default -> Visits.fold(message, context);
            };
        }
    };

    private static final Count ONE = new Count(1);
    private static final int SELDOM = 3;

    /** Who promises to see it. */
    Set<Judge> seenBy() {
        return switch (this) {
            case COUNTS_TWICE, FORGETS -> Set.of(Judge.STATE, Judge.SAID);
            case STARTS_ANEW, TAKES_THE_WRONG_TIME -> Set.of(Judge.STATE);
            case SAYS_NOTHING -> Set.of(Judge.SAID);
        };
    }

    abstract Outcome err(Message<ActivityEvent> message, Viewed viewed, Context context);

    Source<ActivityEvent> source() {
        return Source.of(
                ACTIVITY,
                WrongVisits::declare,
                (message, context) ->
                        message.event() instanceof Viewed viewed
                                        && Math.floorMod(message.envelope().id().hashCode(), SELDOM)
                                                == 0
                                ? err(message, viewed, context)
                                : Visits.fold(message, context));
    }

    /** What it needs by either time. */
    private static void declare(Message<ActivityEvent> message, Touched touched) {
        Visits.declare(message, touched);
        if (message.event() instanceof Viewed viewed) {
            Instant published = message.envelope().recordedTime();
            switch (viewed.item().value()) {
                case "hour" -> Visits.HOURLY.declare(touched, viewed.user().value(), published);
                case "hop" -> Visits.HOPPING.declare(touched, viewed.user().value(), published);
                default -> {}
            }
        }
    }
}
