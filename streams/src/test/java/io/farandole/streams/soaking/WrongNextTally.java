package io.farandole.streams.soaking;

import io.farandole.events.ActivityEvent.Viewed;
import io.farandole.streams.Context;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.soaking.NextTally.Count;
import org.jspecify.annotations.Nullable;

/** A {@link NextTally} that errs: one view in some five is counted wrong, or told of wrong. */
enum WrongNextTally {
    HOLDS_BACK_WHAT_IS_BESIDES(VersionPromise.HALVES_TOGETHER) {
        @Override
        void err(Viewed viewed, Context context) {
            NextTally.sayList(viewed, NextTally.count(viewed, context), NextTally.MARK, context);
        }
    },
    /** The nearest that code comes to speak for another's event: the engine writes down whose. */
    HOLDS_BACK_THE_LIST(VersionPromise.HALVES_TOGETHER) {
        @Override
        void err(Viewed viewed, Context context) {
            NextTally.sayBesides(viewed, NextTally.count(viewed, context), context);
        }
    },
    FORGETS_ITS_MARK(VersionPromise.HALVES_TOGETHER) {
        @Override
        void err(Viewed viewed, Context context) {
            int number = NextTally.count(viewed, context);
            NextTally.sayList(viewed, number, null, context);
            NextTally.sayBesides(viewed, number, context);
        }
    },
    SAYS_BESIDES_TWICE(VersionPromise.BESIDES_ONCE) {
        @Override
        void err(Viewed viewed, Context context) {
            int number = NextTally.count(viewed, context);
            say(viewed, number, number, context);
            NextTally.sayBesides(viewed, number, context);
        }
    },
    SAYS_THE_LIST_TWICE(VersionPromise.BESIDES_ONCE) {
        @Override
        void err(Viewed viewed, Context context) {
            int number = NextTally.count(viewed, context);
            say(viewed, number, number, context);
            NextTally.sayList(viewed, number, NextTally.MARK, context);
        }
    },
    COUNTS_TWICE(VersionPromise.ALL_USERS_COUNTED) {
        @Override
        void err(Viewed viewed, Context context) {
            int _ = NextTally.count(viewed, context);
            int number = NextTally.count(viewed, context);
            say(viewed, number, number, context);
        }
    },
    /** It tells of what it does not keep. */
    FORGETS(VersionPromise.ALL_USERS_COUNTED) {
        @Override
        void err(Viewed viewed, Context context) {
            int number = (int) Count.after(context.get(NextTally.user(viewed))).number();
            say(viewed, number, number, context);
        }
    },
    SAYS_WHAT_WAS_BEFORE(VersionPromise.NEVER_REPEATED) {
        @Override
        void err(Viewed viewed, Context context) {
            int number = NextTally.count(viewed, context);
            say(viewed, number, Math.max(1, number - 1), context);
        }
    },
    /** No number comes twice; they fall as soon as a view is told of right. */
    RUNS_AHEAD(VersionPromise.RISING) {
        @Override
        void err(Viewed viewed, Context context) {
            int number = NextTally.count(viewed, context);
            say(viewed, number, number + 100_000, context);
        }
    },
    SAYS_NO_NUMBER(VersionPromise.NUMBERED) {
        @Override
        void err(Viewed viewed, Context context) {
            say(viewed, NextTally.count(viewed, context), null, context);
        }
    };

    private static final int SELDOM = 5;

    private final VersionPromise broken;

    WrongNextTally(VersionPromise broken) {
        this.broken = broken;
    }

    abstract void err(Viewed viewed, Context context);

    /** What it breaks, and nothing that is looked at before that. */
    VersionPromise broken() {
        return broken;
    }

    Processor processor() {
        return NextTally.folding(
                (message, context) -> {
                    if (message.event() instanceof Viewed viewed
                            && Math.floorMod(message.envelope().id().hashCode(), SELDOM) == 0) {
                        err(viewed, context);
                        return Outcome.APPLIED;
                    }
                    return NextTally.fold(message, context);
                });
    }

    private static void say(Viewed viewed, int list, @Nullable Integer besides, Context context) {
        NextTally.sayList(viewed, list, NextTally.MARK, context);
        NextTally.sayBesides(viewed, besides, context);
    }
}
