package io.farandole.orchestrator.runs;

import io.farandole.events.TrainingEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which steps a run waits for: read off what was said, for nobody says what comes next. Candidates
 * are trained and evaluated independently, so that both steps may be awaited at once.
 */
final class Awaiting {

    private final Run run;
    private final Deadlines deadlines;
    private final Instant now;
    private final Map<Integer, Instant> trained = new HashMap<>();
    private final Map<Integer, Instant> evaluated = new HashMap<>();
    private int candidates;

    private Awaiting(Run run, Deadlines deadlines, Instant now) {
        this.run = run;
        this.deadlines = deadlines;
        this.now = now;
        run.timeline().forEach(this::hear);
    }

    /** The steps whose turn it is, what is overdue first; none when the run has ended. */
    static List<Awaited> of(Run run, Deadlines deadlines, Instant now) {
        if (run.state() != RunState.RUNNING) {
            return List.of();
        }
        List<Awaited> steps = new ArrayList<>(new Awaiting(run, deadlines, now).steps());
        steps.sort((one, other) -> Boolean.compare(other.overdue(), one.overdue()));
        return List.copyOf(steps);
    }

    private void hear(Moment moment) {
        switch (moment.event()) {
            // At least one: of which kinds they are is the steps' business.
            case TrainingEvent.DatasetReady ready ->
                    announce(Math.max(1, ready.candidates().size()));
            case TrainingEvent.ModelTrained model -> {
                announce(model.candidates());
                trained.put(model.candidate(), moment.at());
            }
            case TrainingEvent.Evaluated model -> {
                announce(model.candidates());
                evaluated.put(model.candidate(), moment.at());
            }
            default -> {}
        }
    }

    private void announce(int many) {
        candidates = Math.max(candidates, many);
    }

    private List<Awaited> steps() {
        Optional<Instant> approved = last(TrainingEvent.Approved.class);
        if (approved.isPresent()) {
            return List.of(await("deployment", deadlines.deployment(), approved.get()));
        }
        if (candidates == 0) {
            return List.of(await("dataset", deadlines.dataset(), run.lastNews()));
        }
        List<Awaited> steps = new ArrayList<>();
        List<Instant> unevaluated = new ArrayList<>();
        int untrained = 0;
        for (int candidate = 1; candidate <= candidates; candidate++) {
            if (!evaluated.containsKey(candidate)) {
                Instant at = trained.get(candidate);
                if (at == null) {
                    untrained++;
                } else {
                    unevaluated.add(at);
                }
            }
        }
        if (!unevaluated.isEmpty()) {
            Instant first = Collections.min(unevaluated);
            Instant last = last(TrainingEvent.Evaluated.class).orElse(first);
            steps.add(
                    await(
                            "evaluation",
                            deadlines.evaluation(),
                            last.isAfter(first) ? last : first));
        }
        if (untrained > 0) {
            // One after the other is trained, and all are told together at the end.
            steps.add(
                    await(
                            "training",
                            deadlines.training().multipliedBy(untrained),
                            last(TrainingEvent.DatasetReady.class, TrainingEvent.ModelTrained.class)
                                    .orElse(run.lastNews())));
        }
        if (steps.isEmpty()) {
            steps.add(
                    await(
                            "gate",
                            deadlines.gate(),
                            last(TrainingEvent.Evaluated.class).orElse(run.lastNews())));
        }
        return steps;
    }

    private Awaited await(String step, Duration deadline, Instant since) {
        return Awaited.of(step, since, deadline, now);
    }

    private Optional<Instant> last(Class<?>... kinds) {
        return run.moments(kinds).reduce((_, later) -> later).map(Moment::at);
    }
}
