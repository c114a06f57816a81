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

    static Processor describe(Releasing releasing, Switching switching, Following following) {
        Work<TrainingEvent> release =
                Step.work(
                        NAME,
                        Approved.class,
                        (approved, _) -> releasing.release(approved),
                        releasing::giveUp);
        Work<TrainingEvent> switches = switching.work();
        Work<TrainingEvent> follows = following.work();
        Processor.Builder description =
                Processor.named(NAME)
                        .reads(
                                Source.of(
                                        TopicCatalogue.TRAINING,
                                        (_, _) -> {},
                                        (message, context) -> {
                                            if (message.event() instanceof Approved) {
                                                context.entrust(release);
                                            } else if (Command.of(message).isPresent()) {
                                                context.entrust(switches);
                                            } else if (following.isNeeded()
                                                    && Following.isCalledForBy(message.event())) {
                                                context.entrust(follows);
                                            }
                                            return Outcome.APPLIED;
                                        }))
                        .does(release)
                        .does(switches)
                        .says(TopicCatalogue.TRAINING);
        return (following.isNeeded() ? description.does(follows) : description).build();
    }
}
