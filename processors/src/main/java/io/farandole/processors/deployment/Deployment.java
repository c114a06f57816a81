package io.farandole.processors.deployment;

import io.farandole.events.TrainingEvent.Approved;
import io.farandole.processors.steps.Step;
import io.farandole.streams.Processor;

/** Releases what was approved. */
final class Deployment {

    private Deployment() {}

    static Processor describe(Releasing releasing) {
        return Step.named("deployment", Approved.class, releasing::release, releasing::giveUp)
                .build();
    }
}
