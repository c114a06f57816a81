package io.farandole.orchestrator.runs;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.farandole.events.TrainingEvent.DatasetReady;
import io.farandole.events.TrainingEvent.Evaluated;
import io.farandole.events.TrainingEvent.ModelTrained;
import io.farandole.events.TrainingEvent.Released;
import io.farandole.events.TrainingEvent.Requested;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A run with its parameters, metrics and artefacts, each as the step that made it said, and its
 * timeline.
 *
 * @param summary in JSON its members are the document's own
 * @param requested what was asked for, unless the request was not heard yet
 * @param candidates by their numbers, as far as they were heard of
 */
public record RunDetails(
        @JsonUnwrapped RunSummary summary,
        @Nullable Requested requested,
        @Nullable DatasetReady dataset,
        List<Candidate> candidates,
        @Nullable Released release,
        List<Happening> timeline) {

    /**
     * A model that is tried: its parameters, where it is, and what it is worth.
     *
     * @param number from 1
     */
    public record Candidate(
            int number,
            String spec,
            @Nullable ModelTrained trained,
            @Nullable Evaluated evaluated) {}

    static RunDetails of(Run run, Deadlines deadlines, Instant now) {
        return new RunDetails(
                RunSummary.of(run, deadlines, now),
                last(run, Requested.class),
                last(run, DatasetReady.class),
                candidates(run),
                last(run, Released.class),
                Happening.of(run.timeline()));
    }

    private static List<Candidate> candidates(Run run) {
        TreeMap<Integer, Candidate> candidates = new TreeMap<>();
        DatasetReady ready = last(run, DatasetReady.class);
        if (ready != null) {
            for (String spec : ready.candidates()) {
                int number = candidates.size() + 1;
                candidates.put(number, new Candidate(number, spec, null, null));
            }
        }
        run.moments(ModelTrained.class, Evaluated.class).forEach(moment -> add(moment, candidates));
        return List.copyOf(candidates.values());
    }

    private static void add(Moment moment, TreeMap<Integer, Candidate> candidates) {
        switch (moment.event()) {
            case ModelTrained model -> {
                Optional<Candidate> known = Optional.ofNullable(candidates.get(model.candidate()));
                candidates.put(
                        model.candidate(),
                        new Candidate(
                                model.candidate(),
                                model.spec(),
                                model,
                                known.map(Candidate::evaluated).orElse(null)));
            }
            case Evaluated model -> {
                Optional<Candidate> known = Optional.ofNullable(candidates.get(model.candidate()));
                candidates.put(
                        model.candidate(),
                        new Candidate(
                                model.candidate(),
                                model.spec(),
                                known.map(Candidate::trained).orElse(null),
                                model));
            }
            default -> {}
        }
    }

    private static <E> @Nullable E last(Run run, Class<E> kind) {
        return run.moments(kind)
                .reduce((_, later) -> later)
                .map(moment -> kind.cast(moment.event()))
                .orElse(null);
    }
}
