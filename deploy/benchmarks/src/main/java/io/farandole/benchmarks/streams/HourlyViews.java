package io.farandole.benchmarks.streams;

import static io.farandole.events.TopicCatalogue.ACTIVITY;
import static io.farandole.events.TopicCatalogue.RECOMMENDATIONS;

import io.farandole.benchmarks.counting.Windows;
import io.farandole.events.ActivityEvent;
import io.farandole.events.ActivityEvent.Viewed;
import io.farandole.events.ItemId;
import io.farandole.events.Message;
import io.farandole.events.RecommendationEvent.ListRefreshed;
import io.farandole.streams.Context;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Row;
import io.farandole.streams.Source;
import io.farandole.streams.Store;
import io.farandole.streams.Touched;
import java.util.List;

/** Counts what each user looked at in each hour of event time, and may say each new count. */
final class HourlyViews {

    static final String NAME = "hourly";
    static final String STORE = "views";

    /** The generation that serves. */
    static final int FIRST = 1;

    private static final Store<Count> VIEWS = new Store<>(STORE, Count.class);

    private HourlyViews() {}

    /** How many. */
    record Count(int number) {}

    static Processor processor(boolean output) {
        Processor.Builder builder =
                Processor.named(NAME)
                        .reads(
                                Source.of(
                                        ACTIVITY,
                                        HourlyViews::rows,
                                        (message, context) -> fold(message, context, output)))
                        .keeps(VIEWS);
        return output ? builder.says(RECOMMENDATIONS).build() : builder.build();
    }

    private static void rows(Message<ActivityEvent> message, Touched touched) {
        touched.update(row(message));
    }

    private static Outcome fold(Message<ActivityEvent> message, Context context, boolean output) {
        Count had = context.get(row(message));
        Count has = new Count(had == null ? 1 : had.number() + 1);
        context.put(row(message), has);
        if (output && message.event() instanceof Viewed viewed) {
            context.say(
                    RECOMMENDATIONS,
                    new ListRefreshed(viewed.user(), has.number(), List.of(new ItemId("i")), null));
        }
        return Outcome.APPLIED;
    }

    private static Row<Count> row(Message<ActivityEvent> message) {
        return VIEWS.at(Windows.counted(message.event().user().value(), message.envelope().time()));
    }
}
