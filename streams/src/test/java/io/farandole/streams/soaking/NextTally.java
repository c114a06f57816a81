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
        return Processor.named(Tally.NAME)
                .reads(Source.of(ACTIVITY, NextTally::rows, NextTally::fold))
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

    private static Outcome fold(Message<ActivityEvent> message, Context context) {
        if (message.event() instanceof Viewed viewed) {
            context.put(item(viewed), Count.after(context.get(item(viewed))));
            Count ofUser = Count.after(context.get(user(viewed)));
            context.put(user(viewed), ofUser);
            int number = (int) ofUser.number();
            context.say(
                    RECOMMENDATIONS,
                    new ListRefreshed(viewed.user(), number, List.of(viewed.item()), MARK));
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
        return Outcome.APPLIED;
    }

    private static Row<Count> item(Viewed viewed) {
        return ITEMS.at(viewed.item().toString());
    }

    private static Row<Count> user(Viewed viewed) {
        return USERS.at(viewed.user().toString());
    }
}
