package io.farandole.streams.installation;

import io.farandole.events.ActivityEvent;
import io.farandole.events.ActivityEvent.Viewed;
import io.farandole.events.Message;
import io.farandole.streams.Context;
import io.farandole.streams.FinalResults;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.installation.WindowTally.Count;
import io.farandole.streams.judging.Judge;
import java.time.Instant;
import java.util.Set;

/** Windows that are counted wrong: one view in some twenty. */
public enum WrongWindowTally {
    COUNTS_TWICE {
        @Override
        Outcome err(Message<ActivityEvent> message, Viewed viewed, Context context) {
            Outcome _ = WindowTally.fold(message, context);
            return WindowTally.fold(message, context);
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
            return WindowTally.FINAL.update(
                    context,
                    viewed.item().value(),
                    message.envelope().time(),
                    (_, _) -> new Count(1));
        }
    },
    /** It is counted in the window of another clock. */
    TAKES_THE_WRONG_TIME {
        @Override
        Outcome err(Message<ActivityEvent> message, Viewed viewed, Context context) {
            return WindowTally.FINAL.update(
                    context,
                    viewed.item().value(),
                    message.envelope().recordedTime(),
                    (_, had) -> Count.after(had));
        }
    },
    /** What it held is said again when it closes. */
    TELLS_TWICE {
        @Override
        Outcome err(Message<ActivityEvent> message, Viewed viewed, Context context) {
            return WindowTally.fold(message, context, TWICE);
        }

        @Override
        public Processor processor() {
            return WindowTally.folding(
                    WindowTally::declare,
                    (message, context) -> WindowTally.fold(message, context, TWICE),
                    TWICE);
        }
    };

    private static final FinalResults<Count> TWICE =
            WindowTally.COUNTS.untilWindowCloses(
                    "final",
                    (windowed, count, row, context) -> {
                        WindowTally.tell(windowed, count, context);
                        WindowTally.tell(windowed, count, context);
                    });

    private static final int SELDOM = 20;

    abstract Outcome err(Message<ActivityEvent> message, Viewed viewed, Context context);

    /** Who promises to see it. */
    public Set<Judge> seenBy() {
        return switch (this) {
            case COUNTS_TWICE, FORGETS, STARTS_ANEW -> Set.of(Judge.STATE, Judge.LEDGER);
            case TAKES_THE_WRONG_TIME -> Set.of(Judge.STATE);
            case TELLS_TWICE -> Set.of(Judge.SAID);
        };
    }

    public Processor processor() {
        return WindowTally.folding(
                (message, touched) -> {
                    WindowTally.declare(message, touched);
                    if (message.event() instanceof Viewed viewed) {
                        Instant other = message.envelope().recordedTime();
                        WindowTally.COUNTS.declare(touched, viewed.item().value(), other);
                    }
                },
                (message, context) ->
                        message.event() instanceof Viewed viewed
                                        && Math.floorMod(message.envelope().id().hashCode(), SELDOM)
                                                == 0
                                ? err(message, viewed, context)
                                : WindowTally.fold(message, context));
    }
}
