package io.farandole.streams.batch;

import static io.farandole.events.TopicCatalogue.ACTIVITY;
import static io.farandole.events.TopicCatalogue.RECOMMENDATIONS;

import io.farandole.events.ActivityEvent;
import io.farandole.events.ActivityEvent.Viewed;
import io.farandole.events.ItemId;
import io.farandole.events.Message;
import io.farandole.events.RecommendationEvent.ListRefreshed;
import io.farandole.events.UserId;
import io.farandole.streams.Context;
import io.farandole.streams.FinalResults;
import io.farandole.streams.FinalSessions;
import io.farandole.streams.Firing;
import io.farandole.streams.LatePolicy;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Session;
import io.farandole.streams.SessionStore;
import io.farandole.streams.SessionWindows;
import io.farandole.streams.Source;
import io.farandole.streams.Store;
import io.farandole.streams.TimeWindows;
import io.farandole.streams.Timer;
import io.farandole.streams.Touched;
import io.farandole.streams.WindowStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts what users look at in windows of each kind; the item says in which. */
final class Visits {

    static final String NAME = "visits";
    static final Duration HOUR = Duration.ofHours(1);

    static final WindowStore<Count> HOURLY =
            WindowStore.of(
                    "hourly",
                    Count.class,
                    TimeWindows.ofSize(HOUR)
                            .withGrace(Duration.ofMinutes(10))
                            .whenLate(LatePolicy.DROP));
    static final FinalResults<Count> OF_HOUR =
            HOURLY.untilWindowCloses(
                    "hour",
                    (windowed, count, row, context) ->
                            say(windowed.key(), count.number(), "hour", context));

    static final WindowStore<Count> HOPPING =
            WindowStore.of(
                    "hopping",
                    Count.class,
                    TimeWindows.ofSize(HOUR).advanceBy(Duration.ofMinutes(30)));
    static final FinalResults<Count> OF_HOP =
            HOPPING.untilWindowCloses(
                    "hop",
                    (windowed, count, row, context) ->
                            say(windowed.key(), count.number(), "hop", context));

    static final SessionStore<Visit> SESSIONS =
            SessionStore.of(
                    "sessions",
                    Visit.class,
                    SessionWindows.ofGap(Duration.ofMinutes(10))
                            .withGrace(Duration.ofMinutes(5))
                            .whenLate(LatePolicy.DIVERT),
                    Visit::plus);
    static final FinalSessions<Visit> OF_SESSION =
            SESSIONS.untilSessionCloses(
                    "session",
                    (user, visit, row, context) -> {
                        say(user, visit.views(), "session", context);
                        context.remove(row);
                    });

    /** Whose name begins so is reminded without a row being touched. */
    static final String BARE = "bare-";

    static final Store<Count> REMINDED = new Store<>("reminded", Count.class);
    static final Timer REMINDER =
            Timer.inWallClockTime(
                    "reminder",
                    (firing, touched) -> {
                        if (!firing.key().startsWith(BARE)) {
                            touched.update(REMINDED.at(firing.key()));
                        }
                    },
                    Visits::remind);

    static final Source<ActivityEvent> SOURCE = Source.of(ACTIVITY, Visits::declare, Visits::fold);

    record Count(int number) {
        static Count plusOne(@Nullable Count had) {
            return new Count(had == null ? 1 : had.number + 1);
        }
    }

    record Visit(Instant start, Instant end, int views) implements Session {
        Visit plus(Visit other) {
            return new Visit(
                    start.isBefore(other.start) ? start : other.start,
                    end.isAfter(other.end) ? end : other.end,
                    views + other.views);
        }
    }

    private Visits() {}

    static Processor processor() {
        return reading(SOURCE);
    }

    static Processor reading(Source<ActivityEvent> source) {
        return Processor.named(NAME)
                .reads(source)
                .keeps(HOURLY)
                .keeps(HOPPING)
                .keeps(SESSIONS)
                .keeps(REMINDED)
                .fires(OF_HOUR.timer())
                .fires(OF_HOP.timer())
                .fires(OF_SESSION.timer())
                .fires(REMINDER)
                .says(RECOMMENDATIONS)
                .build();
    }

    static void declare(Message<ActivityEvent> message, Touched touched) {
        if (message.event() instanceof Viewed viewed) {
            String user = viewed.user().value();
            Instant time = message.envelope().time();
            switch (viewed.item().value()) {
                case "hour" -> HOURLY.declare(touched, user, time);
                case "hop" -> HOPPING.declare(touched, user, time);
                case "session" -> SESSIONS.declare(touched, user, time);
                default -> touched.update(REMINDED.at(user));
            }
        }
    }

    static Outcome fold(Message<ActivityEvent> message, Context context) {
        if (!(message.event() instanceof Viewed viewed)) {
            return Outcome.APPLIED;
        }
        String user = viewed.user().value();
        Instant time = message.envelope().time();
        return switch (viewed.item().value()) {
            case "hour" ->
                    OF_HOUR.update(context, user, time, (windowed, had) -> Count.plusOne(had));
            case "hop" -> OF_HOP.update(context, user, time, (windowed, had) -> Count.plusOne(had));
            case "session" -> OF_SESSION.update(context, user, new Visit(time, time, 1));
            case "forget" -> {
                context.cancel(REMINDER, user);
                yield Outcome.APPLIED;
            }
            case "mend" -> {
                context.put(REMINDED.at(user), new Count(0));
                yield Outcome.APPLIED;
            }
            default -> {
                context.schedule(REMINDER, user, message.envelope().recordedTime().plus(HOUR));
                yield Outcome.APPLIED;
            }
        };
    }

    private static void remind(Firing firing, Context context) {
        if (firing.key().startsWith(BARE)) {
            say(firing.key(), 1, "reminder", context);
            return;
        }
        Count had = context.get(REMINDED.at(firing.key()));
        if (firing.key().equals("broken") && had == null) {
            throw new IllegalStateException("not yet");
        }
        Count has = Count.plusOne(had);
        context.put(REMINDED.at(firing.key()), has);
        say(firing.key(), has.number(), "reminder", context);
        if (firing.key().equals("often") && has.number() < 3) {
            context.schedule(REMINDER, firing.key(), firing.at().plus(HOUR));
        }
    }

    private static void say(String user, int number, String what, Context context) {
        context.say(
                RECOMMENDATIONS,
                new ListRefreshed(new UserId(user), number, List.of(new ItemId(what)), null));
    }
}
