package io.farandole.streams.installation;

import static io.farandole.events.TopicCatalogue.ACTIVITY;
import static io.farandole.events.TopicCatalogue.CATALOGUE;

import io.farandole.events.ActivityEvent;
import io.farandole.events.ActivityEvent.Viewed;
import io.farandole.events.CatalogueEvent.StockChanged;
import io.farandole.events.ItemId;
import io.farandole.events.Message;
import io.farandole.events.OfferId;
import io.farandole.streams.Context;
import io.farandole.streams.Declaring;
import io.farandole.streams.FinalResults;
import io.farandole.streams.Fold;
import io.farandole.streams.LatePolicy;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Source;
import io.farandole.streams.TimeWindows;
import io.farandole.streams.Touched;
import io.farandole.streams.WindowStore;
import io.farandole.streams.Windowed;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Counts views by item in windows of event time; keeps whole what comes too late, and says what
 * each window held when it closed: as the stock of an offer that has the window's number.
 */
public final class WindowTally {

    public static final String NAME = "windowtally";

    static final Duration SIZE = Duration.ofSeconds(10);
    static final Duration GRACE = Duration.ofMinutes(8);

    static final WindowStore<Count> COUNTS =
            WindowStore.of(
                    "counts",
                    Count.class,
                    TimeWindows.ofSize(SIZE).withGrace(GRACE).whenLate(LatePolicy.DIVERT));
    static final FinalResults<Count> FINAL =
            COUNTS.untilWindowCloses(
                    "final", (windowed, count, row, context) -> tell(windowed, count, context));

    private WindowTally() {}

    /** How many. */
    record Count(int number) {
        static Count after(@Nullable Count had) {
            return new Count(had == null ? 1 : had.number() + 1);
        }
    }

    public static Processor processor() {
        return folding(WindowTally::declare, WindowTally::fold);
    }

    /** Says what a window holds. */
    static void tell(Windowed windowed, Count count, Context context) {
        context.say(
                CATALOGUE,
                new StockChanged(
                        new ItemId(windowed.key()),
                        new OfferId(Long.toString(COUNTS.windows().numberOf(windowed.window()))),
                        count.number()));
    }

    /** The same, with another fold. */
    static Processor folding(Declaring<ActivityEvent> declaring, Fold<ActivityEvent> fold) {
        return folding(declaring, fold, FINAL);
    }

    /** The same, with other words about what a window held. */
    static Processor folding(
            Declaring<ActivityEvent> declaring,
            Fold<ActivityEvent> fold,
            FinalResults<Count> results) {
        return Processor.named(NAME)
                .reads(Source.of(ACTIVITY, declaring, fold))
                .keeps(COUNTS)
                .fires(results.timer())
                .says(CATALOGUE)
                .build();
    }

    static void declare(Message<ActivityEvent> message, Touched touched) {
        if (message.event() instanceof Viewed viewed) {
            COUNTS.declare(touched, viewed.item().value(), message.envelope().time());
        }
    }

    static Outcome fold(Message<ActivityEvent> message, Context context) {
        return fold(message, context, FINAL);
    }

    static Outcome fold(
            Message<ActivityEvent> message, Context context, FinalResults<Count> results) {
        return message.event() instanceof Viewed viewed
                ? results.update(
                        context,
                        viewed.item().value(),
                        message.envelope().time(),
                        (_, had) -> Count.after(had))
                : Outcome.APPLIED;
    }
}
