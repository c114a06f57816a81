package io.farandole.orchestrator.runs;

import io.farandole.events.Message;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.TrainingEvent;
import io.farandole.streams.Context;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Row;
import io.farandole.streams.Source;
import io.farandole.streams.Store;

/** Adds what a step says to the timeline of the run that it is about. */
public final class Runs {

    static final Store<Run> RUNS = new Store<>("runs", Run.class);

    private Runs() {}

    public static Processor describe() {
        return Processor.named("runs")
                .reads(
                        Source.of(
                                TopicCatalogue.TRAINING,
                                (message, rows) -> rows.update(row(message)),
                                Runs::note))
                .keeps(RUNS)
                .build();
    }

    private static Outcome note(Message<TrainingEvent> message, Context context) {
        Row<Run> row = row(message);
        Run known = context.get(row);
        Run run = known == null ? Run.empty(message.event().run()) : known;
        context.put(row, run.with(Moment.of(message)));
        return Outcome.APPLIED;
    }

    private static Row<Run> row(Message<TrainingEvent> message) {
        return RUNS.at(message.event().run().value());
    }
}
