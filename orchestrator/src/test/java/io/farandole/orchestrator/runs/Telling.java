package io.farandole.orchestrator.runs;

import static io.farandole.events.TopicCatalogue.TRAINING;

import io.farandole.events.Cause;
import io.farandole.events.Envelope;
import io.farandole.events.EventId;
import io.farandole.events.Message;
import io.farandole.events.RunId;
import io.farandole.events.TrainingEvent;
import io.farandole.events.TrainingEvent.Approved;
import io.farandole.events.TrainingEvent.DatasetReady;
import io.farandole.events.TrainingEvent.Evaluated;
import io.farandole.events.TrainingEvent.Failed;
import io.farandole.events.TrainingEvent.ModelTrained;
import io.farandole.events.TrainingEvent.Rejected;
import io.farandole.events.TrainingEvent.Released;
import io.farandole.events.TrainingEvent.Requested;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the steps of a run with two candidates say, as they would say it. */
final class Telling {

    static final RunId RUN = new RunId("run-1");
    static final List<String> SPECS = List.of("ease:lambda=200", "popularity:half-life=730d");

    private Telling() {}

    static Requested requested() {
        return new Requested(RUN, "operator", List.of());
    }

    static DatasetReady datasetReady() {
        return new DatasetReady(RUN, "datasets/d1", "d1", 610, 9_724, 100_836, 609, SPECS);
    }

    static ModelTrained trained(int candidate) {
        return new ModelTrained(
                RUN,
                "datasets/d1",
                "models/m" + candidate,
                SPECS.get(candidate - 1),
                candidate,
                2,
                3.25);
    }

    static Evaluated evaluated(int candidate) {
        return new Evaluated(
                RUN,
                "datasets/d1",
                "models/m" + candidate,
                SPECS.get(candidate - 1),
                candidate,
                2,
                "models/m" + candidate + "/metrics.json",
                609,
                0.13,
                0.2,
                0.087,
                0.035,
                0.051,
                null,
                null,
                null,
                null);
    }

    static Approved approved() {
        return new Approved(
                RUN, "models/m1", SPECS.getFirst(), List.of("it is better than popularity"), null);
    }

    static Rejected rejected() {
        return new Rejected(
                RUN, "models/m1", SPECS.getFirst(), List.of("it is no better than popularity"));
    }

    static Released released() {
        return new Released(RUN, "r1", "models/m1", SPECS.getFirst(), 610, 9_000);
    }

    static Failed failed() {
        return new Failed(RUN, "training", "it ran out of memory");
    }

    /** A message of a step, which goes back to what it heard. */
    static Message<TrainingEvent> said(
            TrainingEvent event, String step, Instant at, @Nullable Message<?> heard) {
        UUID id =
                heard == null
                        ? EventId.ingested(at, TRAINING, new UUID(0, event.hashCode()), 0)
                        : EventId.derived(
                                UUID.fromString(heard.envelope().id()),
                                step,
                                1,
                                TRAINING,
                                event.hashCode());
        return new Message<>(
                new Envelope(
                        id.toString(),
                        "farandole/" + step,
                        TRAINING.typeOf(event),
                        TRAINING.subjectOf(event),
                        // As a fold says it: with the time of its input.
                        heard == null ? at : heard.envelope().time(),
                        at,
                        RUN.value(),
                        heard == null ? null : heard.envelope().id(),
                        new Cause("farandole/orchestrator", "request"),
                        null,
                        null),
                event);
    }
}
