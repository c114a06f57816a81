package io.farandole.streams.soaking;

import io.farandole.events.ActivityEvent.Viewed;
import io.farandole.streams.Context;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Row;
import io.farandole.streams.installation.Tally;
import io.farandole.streams.soaking.NextTally.Count;

/**
 * A {@link Tally} that writes a thing back as it was which it does not know, as one would that
 * keeps unknown fields: what the next version kept stays, and is wrong.
 */
enum CarryingTally {
    OF_ITEMS(VersionPromise.ITEMS_KEPT_RIGHT),
    OF_USERS(VersionPromise.USERS_KEPT_RIGHT);

    private final VersionPromise broken;

    CarryingTally(VersionPromise broken) {
        this.broken = broken;
    }

    /** What it breaks, and nothing that is looked at before that. */
    VersionPromise broken() {
        return broken;
    }

    /** That it may say more than it does is all that it has of the next one besides its rows. */
    Processor processor() {
        return NextTally.folding(
                (message, context) -> {
                    if (message.event() instanceof Viewed viewed) {
                        long _ = count(NextTally.item(viewed), this == OF_ITEMS, context);
                        long number = count(NextTally.user(viewed), this == OF_USERS, context);
                        NextTally.sayList(viewed, (int) number, null, context);
                    }
                    return Outcome.APPLIED;
                });
    }

    private static long count(Row<Count> row, boolean carries, Context context) {
        Count had = context.get(row);
        long number = Count.after(had).number();
        context.put(row, new Count(number, carries && had != null ? had.twice() : null));
        return number;
    }
}
