package io.farandole.processors.deployment;

import io.farandole.events.TopicCatalogue;
import io.farandole.events.TrainingEvent;
import io.farandole.events.TrainingEvent.Approved;
import io.farandole.processors.steps.Step;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Source;
import io.farandole.streams.Work;

/** Releases what was approved, and promotes and rolls back what is asked for. */
final class Deployment {

    private static final String NAME = "deployment";

    private Deployment() {}

    static Processor describe(Releasing releasing, Switching switching) {
        Work<TrainingEvent> release =
                Step.work(NAME, Approved.class, releasing::release, releasing::giveUp);
        Work<TrainingEvent> switches = switching.work();
        return Processor.named(NAME)
                .reads(
                        Source.of(
                                TopicCatalogue.TRAINING,
                                (_, _) -> {},
                                (message, context) -> {
                                    if (message.event() instanceof Approved) {
                                        context.entrust(release);
                                    } else if (Command.of(message).isPresent()) {
                                        context.entrust(switches);
                                    }
                                    return Outcome.APPLIED;
                                }))
                .does(release)
                .does(switches)
                .says(TopicCatalogue.TRAINING)
                .build();
    }
}
