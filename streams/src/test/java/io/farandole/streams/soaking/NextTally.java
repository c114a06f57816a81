package io.farandole.streams.soaking;

import static io.farandole.events.TopicCatalogue.ACTIVITY;
import static io.farandole.events.TopicCatalogue.IMPRESSIONS;
import static io.farandole.events.TopicCatalogue.RECOMMENDATIONS;

import io.farandole.events.ActivityEvent;
import io.farandole.events.ActivityEvent.Viewed;
import io.farandole.events.ImpressionEvent.PlaylistServed;
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
import io.farandole.streams.installation.Tally;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Tally} that comes after: it reads what the old one keeps, keeps twice the number
 * besides, marks what it says, and says each user's count on another topic too.
 */
final class NextTally {

    /** By what its sayings are told from the old one's. */
    static final String MARK = "next";

    private static final Store<Count> ITEMS = new Store<>("items", Count.class);
    private static final Store<Count> USERS = new Store<>("users", Count.class);

    private NextTally() {}

    /**
     * How many.
     *
     * @param twice as many again; absent where the old version wrote last, which knows nothing of
     *     it
     */
    record Count(long number, @Nullable Long twice) {

        static Count after(@Nullable Count had) {
            long number = had == null ? 1 : had.number() + 1;
            return new Count(number, 2 * number);
        }
    }

    static Processor processor() {
        return folding(NextTally::fold);
    }

    /** The same, with another fold. */
    static Processor folding(Fold<ActivityEvent> fold) {
        return Processor.named(Tally.NAME)
                .reads(Source.of(ACTIVITY, NextTally::rows, fold))
                .keeps(ITEMS)
                .keeps(USERS)
                .says(RECOMMENDATIONS)
                .says(IMPRESSIONS)
                .build();
    }

    private static void rows(Message<ActivityEvent> message, Touched touched) {
        if (message.event() instanceof Viewed viewed) {
            touched.update(item(viewed)).update(user(viewed));
        }
    }

    static Outcome fold(Message<ActivityEvent> message, Context context) {
        if (message.event() instanceof Viewed viewed) {
            int number = count(viewed, context);
            sayList(viewed, number, MARK, context);
            sayBesides(viewed, number, context);
        }
        return Outcome.APPLIED;
    }

    /** Counts it by item and by user; says how many of the user it makes. */
    static int count(Viewed viewed, Context context) {
        context.put(item(viewed), Count.after(context.get(item(viewed))));
        Count ofUser = Count.after(context.get(user(viewed)));
        context.put(user(viewed), ofUser);
        return (int) ofUser.number();
    }

    static void sayList(Viewed viewed, int number, @Nullable String mark, Context context) {
        context.say(
                RECOMMENDATIONS,
                new ListRefreshed(viewed.user(), number, List.of(viewed.item()), mark));
    }

    static void sayBesides(Viewed viewed, @Nullable Integer number, Context context) {
        context.say(
                IMPRESSIONS,
                new PlaylistServed(
                        viewed.user(),
                        List.of(viewed.item()),
                        "call-" + number,
                        Tally.NAME,
                        MARK,
                        null,
                        number));
    }

    static Row<Count> item(Viewed viewed) {
        return ITEMS.at(viewed.item().toString());
    }

    static Row<Count> user(Viewed viewed) {
        return USERS.at(viewed.user().toString());
    }
}
