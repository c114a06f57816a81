package io.farandole.orchestrator.runs;

import io.farandole.events.RunId;
import io.farandole.events.TrainingEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a run is, as of when it was read.
 *
 * @param model the specification of the model that was decided about, once one was
 * @param by who or what asked for it, unless the request was not heard yet
 * @param why it was asked for, if that was said
 * @param lastNews when a step last said something
 * @param seconds from its start to its end, or until now
 * @param awaited the steps whose turn it is, what is overdue first
 * @param reasons why it was approved, rejected, or failed
 */
public record RunSummary(
        RunId run,
        RunState state,
        @Nullable String model,
        @Nullable String by,
        @Nullable String why,
        Instant started,
        Instant lastNews,
        double seconds,
        List<Awaited> awaited,
        List<String> reasons) {

    static RunSummary of(Run run, Deadlines deadlines, Instant now) {
        List<Awaited> awaited = Awaiting.of(run, deadlines, now);
        Optional<TrainingEvent> decision = decision(run);
        Optional<TrainingEvent.Requested> request =
                run.moments(TrainingEvent.Requested.class)
                        .reduce((_, later) -> later)
                        .map(moment -> (TrainingEvent.Requested) moment.event());
        return new RunSummary(
                run.run(),
                awaited.stream().anyMatch(Awaited::overdue) ? RunState.STALLED : run.state(),
                decision.map(RunSummary::specOf).orElse(null),
                request.map(TrainingEvent.Requested::by).orElse(null),
                request.map(TrainingEvent.Requested::reason).orElse(null),
                run.started(),
                run.lastNews(),
                Seconds.of(Duration.between(run.started(), ended(run).orElse(now))),
                awaited,
                decision.map(RunSummary::reasonsOf).orElse(List.of()));
    }

    private static Optional<TrainingEvent> decision(Run run) {
        return run.moments(
                        run.state() == RunState.FAILED
                                ? TrainingEvent.Failed.class
                                : run.state() == RunState.REJECTED
                                        ? TrainingEvent.Rejected.class
                                        : TrainingEvent.Approved.class)
                .reduce((_, later) -> later)
                .map(Moment::event);
    }

    private static Optional<Instant> ended(Run run) {
        return switch (run.state()) {
            case DONE -> last(run, TrainingEvent.Released.class);
            case REJECTED -> last(run, TrainingEvent.Rejected.class);
            case FAILED -> last(run, TrainingEvent.Failed.class);
            case RUNNING, STALLED -> Optional.empty();
        };
    }

    private static Optional<Instant> last(Run run, Class<?> kind) {
        return run.moments(kind).reduce((_, later) -> later).map(Moment::at);
    }

    private static @Nullable String specOf(TrainingEvent decision) {
        return switch (decision) {
            case TrainingEvent.Approved approved -> approved.spec();
            case TrainingEvent.Rejected rejected -> rejected.spec();
            default -> null;
        };
    }

    private static List<String> reasonsOf(TrainingEvent decision) {
        return switch (decision) {
            case TrainingEvent.Approved approved -> approved.reasons();
            case TrainingEvent.Rejected rejected -> rejected.reasons();
            case TrainingEvent.Failed failed -> List.of(failed.step() + ": " + failed.reason());
            default -> List.of();
        };
    }
}
