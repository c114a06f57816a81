package io.farandole.processors.triggers;

import io.farandole.events.ActivityEvent;
import io.farandole.events.Message;
import io.farandole.events.RunId;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.TrainingEvent;
import io.farandole.streams.Context;
import io.farandole.streams.Firing;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Row;
import io.farandole.streams.Source;
import io.farandole.streams.Store;
import io.farandole.streams.Timer;
import io.farandole.streams.Touched;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Counts what data sets are made from, once and by the time at which it was recorded, and looks
 * after every five minutes in which something was. What was recorded until the newest data set was
 * asked for, or within the same five minutes, may be in it and is not new. A request is made once:
 * no other while it is pending, whoever made it.
 */
final class Triggers {

    static final Store<Spread> EVER = new Store<>("ever", Spread.class);
    static final Store<Recent> RECENT = new Store<>("recent", Recent.class);
    static final Store<Asked> RUNS = new Store<>("runs", Asked.class);

    /** A single one, which is locked by whoever changes anything. */
    static final Row<Spread> ALL = EVER.at("all");

    /** What is new for longer than this is as old as everything. */
    private static final Duration KEPT = Duration.ofDays(31);

    private static final String EVERY = "";
    private static final String OWN_RUN = "triggers-";
    private static final String LATER = "later";

    private final TriggerSettings settings;
    private final Timer look =
            Timer.inWallClockTime(
                    "look",
                    (firing, touched) ->
                            touched.update(ALL)
                                    .update(RUNS.at(runOf(firing).value()))
                                    .updateAll(RECENT, EVERY)
                                    .updateAll(RUNS, EVERY),
                    this::look);
    private final Timer expiry =
            Timer.inWallClockTime(
                    "expiry",
                    (firing, touched) -> touched.update(ALL).update(RECENT.at(firing.key())),
                    (firing, context) -> context.remove(RECENT.at(firing.key())));

    Triggers(TriggerSettings settings) {
        this.settings = settings;
    }

    Processor describe() {
        return Processor.named("triggers")
                .reads(
                        Source.of(
                                TopicCatalogue.ACTIVITY,
                                (message, touched) -> {
                                    if (isCounted(message.event())) {
                                        touched.update(ALL).update(recent(message));
                                    }
                                },
                                this::count))
                .reads(Source.of(TopicCatalogue.TRAINING, Triggers::declareRun, this::follow))
                .keeps(EVER)
                .keeps(RECENT)
                .keeps(RUNS)
                .fires(look)
                .fires(expiry)
                .says(TopicCatalogue.TRAINING)
                .setBy(settings)
                .build();
    }

    /** What a data set has: no looks, and no use of what was booked before. */
    private static boolean isCounted(ActivityEvent event) {
        return event instanceof ActivityEvent.WithItem
                && !(event instanceof ActivityEvent.Viewed)
                && !(event instanceof ActivityEvent.BookingUsed);
    }

    private static Row<Recent> recent(Message<?> message) {
        return RECENT.at(Long.toString(Recent.numberAt(message.envelope().recordedTime())));
    }

    private Outcome count(Message<ActivityEvent> message, Context context) {
        if (!(message.event() instanceof ActivityEvent.WithItem act)
                || !isCounted(message.event())) {
            return Outcome.APPLIED;
        }
        Spread ever = context.get(ALL);
        context.put(ALL, (ever == null ? Spread.NOTHING : ever).and(act.item()));
        Row<Recent> row = recent(message);
        long number = Recent.numberAt(message.envelope().recordedTime());
        Recent known = context.get(row);
        Recent had = known == null ? Recent.none(number) : known;
        context.put(row, new Recent(number, had.spread().and(act.item())));
        context.schedule(look, row.key(), Recent.end(number));
        context.schedule(expiry, row.key(), Recent.end(number).plus(KEPT));
        return Outcome.APPLIED;
    }

    private static void declareRun(Message<TrainingEvent> message, Touched touched) {
        if (isFollowed(message.event())) {
            touched.update(ALL).update(RUNS.at(message.event().run().value()));
        }
    }

    private static boolean isFollowed(TrainingEvent event) {
        return event instanceof TrainingEvent.Requested
                || event instanceof TrainingEvent.DatasetReady
                || event instanceof TrainingEvent.Failed;
    }

    private Outcome follow(Message<TrainingEvent> message, Context context) {
        if (!isFollowed(message.event())) {
            return Outcome.APPLIED;
        }
        String run = message.event().run().value();
        Row<Asked> row = RUNS.at(run);
        Asked known = context.get(row);
        Asked before = known == null ? Asked.unheard(run) : known;
        Instant recorded = message.envelope().recordedTime();
        context.put(
                row,
                switch (message.event()) {
                    case TrainingEvent.Requested _ -> before.at(askedAt(run, recorded));
                    case TrainingEvent.DatasetReady _ -> before.cut(recorded);
                    default -> before.failed(recorded);
                });
        if (message.event() instanceof TrainingEvent.DatasetReady) {
            // what is new may have been heard before it
            context.schedule(look, run, Recent.end(Recent.numberAt(recorded)));
        }
        return Outcome.APPLIED;
    }

    private void look(Firing firing, Context context) {
        List<Asked> runs =
                context.rows(RUNS, EVERY).stream()
                        .flatMap(row -> Optional.ofNullable(context.get(row)).stream())
                        .toList();
        Optional<Asked> newest =
                runs.stream().filter(Asked::isCut).max(Comparator.comparing(Asked::since));
        if (newest.isEmpty() || runs.stream().anyMatch(run -> isAfter(run, newest.get()))) {
            return;
        }
        Spread since = since(newest.get(), context);
        Spread ever = Optional.ofNullable(context.get(ALL)).orElse(Spread.NOTHING);
        Optional<Trigger> trigger =
                Trigger.of(ever.without(since), since, newest.get().run(), settings);
        if (trigger.isEmpty()) {
            return;
        }
        Instant soonest =
                runs.stream()
                        .map(Asked::last)
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.MIN)
                        .plus(settings.notWithin());
        if (firing.at().isBefore(soonest)) {
            context.schedule(look, LATER, soonest);
            return;
        }
        ask(trigger.get(), firing, context);
    }

    private static boolean isAfter(Asked run, Asked cut) {
        return run.isPending() && run.since().isAfter(cut.since());
    }

    private static Spread since(Asked newest, Context context) {
        long until = Recent.numberAt(newest.since());
        return context.rows(RECENT, EVERY).stream()
                .flatMap(row -> Optional.ofNullable(context.get(row)).stream())
                .filter(recent -> recent.number() > until)
                .map(Recent::spread)
                .reduce(Spread.NOTHING, Spread::and);
    }

    private static void ask(Trigger trigger, Firing firing, Context context) {
        RunId run = runOf(firing);
        context.put(RUNS.at(run.value()), Asked.unheard(run.value()).at(firing.at()));
        context.say(
                TopicCatalogue.TRAINING,
                new TrainingEvent.Requested(run, trigger.by(), List.of(), trigger.reason()),
                firing.at());
    }

    /** One run a look, however often it is fired. */
    private static RunId runOf(Firing firing) {
        return new RunId(OWN_RUN + firing.at());
    }

    /** Of a run of our own the name tells, to a generation that did not ask for it too. */
    private static Instant askedAt(String run, Instant recorded) {
        if (!run.startsWith(OWN_RUN)) {
            return recorded;
        }
        try {
            Instant told = Instant.parse(run.substring(OWN_RUN.length()));
            return told.isBefore(recorded) ? told : recorded;
        } catch (DateTimeParseException _) {
            return recorded;
        }
    }
}
