package io.farandole.streams.installation;

import static io.farandole.events.TopicCatalogue.ACTIVITY;
import static io.farandole.events.TopicCatalogue.RECOMMENDATIONS;

import io.farandole.events.ActivityEvent;
import io.farandole.events.ActivityEvent.Viewed;
import io.farandole.events.Message;
import io.farandole.events.RecommendationEvent.ListRefreshed;
import io.farandole.streams.Context;
import io.farandole.streams.Fold;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Row;
import io.farandole.streams.Source;
import io.farandole.streams.Store;
import io.farandole.streams.Touched;
import java.util.List;

/** Counts views by item and by user, and says each user's count: what must come out exactly. */
public final class Tally {

    public static final String NAME = "tally";

    static final Store<Count> ITEMS = new Store<>("items", Count.class);
    static final Store<Count> USERS = new Store<>("users", Count.class);

    private Tally() {}

    /** How many. */
    public record Count(long number) {}

    public static Processor processor() {
        return folding(Tally::fold);
    }

    /** The same, with another fold. */
    public static Processor folding(Fold<ActivityEvent> fold) {
        return Processor.named(NAME)
                .reads(Source.of(ACTIVITY, Tally::rows, fold))
                .keeps(ITEMS)
                .keeps(USERS)
                .says(RECOMMENDATIONS)
                .build();
    }

    private static void rows(Message<ActivityEvent> message, Touched touched) {
        if (message.event() instanceof Viewed viewed) {
            touched.update(item(viewed)).update(user(viewed));
        }
    }

    public static Outcome fold(Message<ActivityEvent> message, Context context) {
        if (message.event() instanceof Viewed viewed) {
            long ofUser = increment(user(viewed), context);
            increment(item(viewed), context);
            context.say(
                    RECOMMENDATIONS,
                    new ListRefreshed(viewed.user(), (int) ofUser, List.of(viewed.item()), null));
        }
        return Outcome.APPLIED;
    }

    static long increment(Row<Count> row, Context context) {
        Count had = context.get(row);
        Count has = new Count(had == null ? 1 : had.number() + 1);
        context.put(row, has);
        return has.number();
    }

    static Row<Count> item(Viewed viewed) {
        return ITEMS.at(viewed.item().toString());
    }

    static Row<Count> user(Viewed viewed) {
        return USERS.at(viewed.user().toString());
    }
}
