package io.farandole.processors.dataset;

import io.farandole.events.RunId;
import io.farandole.events.TickEvent;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.TrainingEvent.Requested;
import io.farandole.processors.steps.Step;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Source;
import java.util.List;

/** Makes a data set when a model is wanted; a tick of the schedule {@code training} wants one. */
final class Dataset {

    static final String SCHEDULE = "training";

    private Dataset() {}

    static Processor describe(CuttingDataSet cutting) {
        return Step.named("dataset", Requested.class, cutting::cut)
                .reads(
                        Source.of(
                                TopicCatalogue.TICKS,
                                (_, _) -> {},
                                (message, context) -> {
                                    if (message.event() instanceof TickEvent.Due due
                                            && due.schedule().equals(SCHEDULE)) {
                                        context.say(
                                                TopicCatalogue.TRAINING,
                                                new Requested(runOf(due), "schedule", List.of()));
                                    }
                                    return Outcome.APPLIED;
                                }))
                .build();
    }

    /** One run a time that was due, whoever said that it is. */
    private static RunId runOf(TickEvent.Due due) {
        return new RunId(due.schedule() + "-" + due.due());
    }
}
