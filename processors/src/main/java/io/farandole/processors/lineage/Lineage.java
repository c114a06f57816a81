package io.farandole.processors.lineage;

import io.farandole.events.TopicCatalogue;
import io.farandole.events.TrainingEvent;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Source;
import io.farandole.streams.Work;
import java.util.List;

/**
 * Listens to every run and tells its steps as lineage, if it is told where. It sends for as long as
 * it takes, and may send twice: whoever keeps lineage knows a run by its id.
 */
final class Lineage {

    private Lineage() {}

    static Processor describe(LineageSettings settings) {
        Telling telling = new Telling(settings.namespace());
        Work<TrainingEvent> sending =
                new Work<>(
                        "sending",
                        message -> {
                            new Transport(settings.address().orElseThrow())
                                    .send(
                                            telling.of(
                                                    message.event(),
                                                    message.envelope().recordedTime()));
                            return List.of();
                        },
                        (_, _) -> List.of(),
                        0);
        return Processor.named("lineage")
                .reads(
                        Source.of(
                                TopicCatalogue.TRAINING,
                                (_, _) -> {},
                                (message, context) -> {
                                    if (settings.address().isPresent()) {
                                        context.entrust(sending);
                                    }
                                    return Outcome.APPLIED;
                                }))
                .does(sending)
                .build();
    }
}
