package io.farandole.processors.guardrails;

import io.farandole.events.ActivityEvent;
import io.farandole.events.ImpressionEvent;
import io.farandole.events.ImpressionEvent.PlaylistServed;
import io.farandole.events.ItemId;
import io.farandole.events.Message;
import io.farandole.events.RunId;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.TrainingEvent;
import io.farandole.events.TrainingEvent.CanaryJudged;
import io.farandole.streams.Context;
import io.farandole.streams.Firing;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Reference;
import io.farandole.streams.Row;
import io.farandole.streams.Source;
import io.farandole.streams.Store;
import io.farandole.streams.TimeWindows;
import io.farandole.streams.Timer;
import io.farandole.streams.Touched;
import io.farandole.streams.WindowStore;
import io.farandole.streams.Windowed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Joins what each user was shown while a canary was tried with what that user did then, in hours of
 * event time, and looks at the canary from time to time until it can be judged. Clicks and bookings
 * do not say whether one was tried, and are kept always; all of it for as long as one may be tried,
 * and an hour.
 */
final class Guardrails {

    static final Store<Trial> TRIALS = new Store<>("trials", Trial.class);
    static final WindowStore<Shown> SHOWN =
            WindowStore.of("shown", Shown.class, TimeWindows.ofSize(Duration.ofHours(1)));
    static final Reference<Outcomes> OUTCOMES =
            new Reference<>(
                    "outcomes", Outcomes.class, Duration.ofSeconds(20), OutcomesLoading::load);

    /**
     * What is told of later than this is history, such as an import: nobody was shown a list then.
     */
    private static final Duration NEWS = Duration.ofHours(1);

    private static final String BAR = "|";

    private final GuardrailSettings settings;
    private final Timer look =
            Timer.inWallClockTime(
                    "look",
                    (firing, touched) -> touched.update(TRIALS.at(firing.key())),
                    this::look);
    private final Timer expiry =
            Timer.inWallClockTime(
                    "expiry",
                    (firing, touched) -> touched.update(SHOWN.store().at(firing.key())),
                    (firing, context) -> context.remove(SHOWN.store().at(firing.key())));

    Guardrails(GuardrailSettings settings) {
        this.settings = settings;
    }

    Processor describe() {
        return Processor.named("guardrails")
                .reads(Source.of(TopicCatalogue.TRAINING, Guardrails::declareTrial, this::follow))
                .reads(
                        Source.of(
                                TopicCatalogue.IMPRESSIONS,
                                (message, touched) -> {
                                    PlaylistServed served = counted(message.event());
                                    if (served != null) {
                                        declare(message, served.user().value(), touched);
                                    }
                                },
                                this::show))
                .reads(
                        Source.of(
                                TopicCatalogue.ACTIVITY,
                                (message, touched) -> {
                                    String user = message.event().user().value();
                                    if (message.event() instanceof ActivityEvent.Erased) {
                                        touched.updateAll(SHOWN.store(), user + BAR);
                                    } else if (act(message) != null) {
                                        declare(message, user, touched);
                                    }
                                },
                                this::act))
                .keeps(TRIALS)
                .keeps(SHOWN)
                .looksUp(OUTCOMES)
                .fires(look)
                .fires(expiry)
                .says(TopicCatalogue.TRAINING)
                .setBy(settings)
                .build();
    }

    private static void declareTrial(Message<TrainingEvent> message, Touched touched) {
        String release = releaseOf(message.event());
        if (release != null) {
            touched.update(TRIALS.at(release));
        }
    }

    private Outcome follow(Message<TrainingEvent> message, Context context) {
        TrainingEvent event = message.event();
        String release = releaseOf(event);
        if (release == null) {
            return Outcome.APPLIED;
        }
        Row<Trial> row = TRIALS.at(release);
        Trial known = context.get(row);
        String run = event.run().value();
        Trial before = known == null ? Trial.unheard(release, run) : known;
        if (event instanceof TrainingEvent.Released) {
            Instant since = message.envelope().recordedTime();
            context.put(row, before.begun(run, since));
            if (!before.ended()) {
                context.schedule(look, release, since.plus(settings.lookEvery()));
            }
        } else {
            context.put(row, before.over(run));
            context.cancel(look, release);
        }
        return Outcome.APPLIED;
    }

    /** The canary whose trial begins or ends with it; null for anything else. */
    private static @Nullable String releaseOf(TrainingEvent event) {
        return switch (event) {
            case TrainingEvent.Released released ->
                    released.share() == null ? null : released.release();
            case TrainingEvent.Promoted promoted -> promoted.release();
            case TrainingEvent.RolledBack back -> back.release();
            // Our own: a generation that is rebuilt has not judged it.
            case CanaryJudged judged -> judged.release();
            default -> null;
        };
    }

    private void look(Firing firing, Context context) {
        Row<Trial> row = TRIALS.at(firing.key());
        Trial trial = context.get(row);
        if (trial == null || trial.since() == null || trial.ended()) {
            return;
        }
        Outcomes known = context.reference(OUTCOMES);
        Outcomes outcomes = known.release().equals(trial.release()) ? known : Outcomes.NONE;
        List<Finding> findings = Guardrail.all(outcomes, settings);
        Duration age = Duration.between(trial.since(), firing.at());
        if (says(Finding.Says.BAD, findings)) {
            judge(trial, false, reasons(findings), context);
        } else if (age.compareTo(settings.longest()) >= 0) {
            List<String> reasons = new ArrayList<>(reasons(findings));
            reasons.add(
                    "time: it was tried for "
                            + settings.longest()
                            + ", and nothing speaks against it.");
            judge(trial, true, reasons, context);
        } else if (age.compareTo(settings.shortest()) >= 0
                && findings.stream().allMatch(one -> one.says() == Finding.Says.GOOD)) {
            judge(trial, true, reasons(findings), context);
        } else {
            context.schedule(look, firing.key(), firing.at().plus(settings.lookEvery()));
        }
    }

    private static void judge(Trial trial, boolean good, List<String> reasons, Context context) {
        context.put(TRIALS.at(trial.release()), trial.over(trial.run()));
        context.say(
                TopicCatalogue.TRAINING,
                new CanaryJudged(new RunId(trial.run()), trial.release(), good, reasons));
    }

    private static boolean says(Finding.Says what, List<Finding> findings) {
        return findings.stream().anyMatch(one -> one.says() == what);
    }

    private static List<String> reasons(List<Finding> findings) {
        return findings.stream().map(Finding::text).toList();
    }

    /** Null while nothing is tried: nothing is judged then, and most lists are shown then. */
    private static @Nullable PlaylistServed counted(ImpressionEvent event) {
        return event instanceof PlaylistServed served
                        && served.release() != null
                        && served.canary() != null
                ? served
                : null;
    }

    private Outcome show(Message<ImpressionEvent> message, Context context) {
        PlaylistServed served = counted(message.event());
        if (served == null) {
            return Outcome.APPLIED;
        }
        Shown.ServedList list =
                new Shown.ServedList(
                        message.envelope().time(),
                        served.call(),
                        Objects.requireNonNull(served.release()),
                        served.items().stream().map(ItemId::value).toList());
        return add(message, served.user().value(), shown -> shown.and(list), context);
    }

    private Outcome act(Message<ActivityEvent> message, Context context) {
        if (message.event() instanceof ActivityEvent.Erased erased) {
            forget(erased.user().value(), context);
            return Outcome.APPLIED;
        }
        Shown.Act act = act(message);
        return act == null
                ? Outcome.APPLIED
                : add(message, message.event().user().value(), shown -> shown.and(act), context);
    }

    private static void forget(String user, Context context) {
        for (Row<Shown> row : context.rows(SHOWN.store(), user + BAR)) {
            Shown shown = context.get(row);
            // Another user's key may begin as this one does.
            if (shown != null && shown.user().equals(user)) {
                context.remove(row);
            }
        }
    }

    /** Null for what is neither a click nor a booking, or is history. */
    private static Shown.@Nullable Act act(Message<ActivityEvent> message) {
        Instant at = message.envelope().time();
        if (at.plus(NEWS).isBefore(message.envelope().recordedTime())) {
            return null;
        }
        return switch (message.event()) {
            case ActivityEvent.Viewed viewed -> new Shown.Act(at, viewed.item().value(), false);
            case ActivityEvent.BookingMade booked -> new Shown.Act(at, booked.item().value(), true);
            default -> null;
        };
    }

    private static void declare(Message<?> message, String user, Touched touched) {
        SHOWN.declare(touched, user, message.envelope().time());
    }

    private Outcome add(
            Message<?> message, String user, UnaryOperator<Shown> change, Context context) {
        return SHOWN.update(
                context,
                user,
                message.envelope().time(),
                (windowed, had) -> {
                    if (had != null) {
                        return change.apply(had);
                    }
                    context.schedule(
                            expiry,
                            SHOWN.at(user, windowed.window()).key(),
                            windowed.window().end().plus(settings.longest()).plus(NEWS));
                    return change.apply(empty(windowed));
                });
    }

    private static Shown empty(Windowed windowed) {
        return Shown.none(windowed.key(), SHOWN.windows().numberOf(windowed.window()));
    }
}
