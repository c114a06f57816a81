package io.farandole.processors.gate;

import io.farandole.events.TopicCatalogue;
import io.farandole.events.TrainingEvent;
import io.farandole.events.TrainingEvent.Evaluated;
import io.farandole.streams.Context;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Row;
import io.farandole.streams.Source;
import io.farandole.streams.Store;
import java.util.List;

/** Waits until all candidates of a run are measured, and judges the best of them. */
final class Gate {

    static final Store<Candidates> RUNS = new Store<>("runs", Candidates.class);

    private final GateSettings settings;

    Gate(GateSettings settings) {
        this.settings = settings;
    }

    Processor describe() {
        return Processor.named("gate")
                .reads(
                        Source.of(
                                TopicCatalogue.TRAINING,
                                (message, rows) -> {
                                    if (message.event() instanceof Evaluated evaluated) {
                                        rows.update(row(evaluated));
                                    }
                                },
                                (message, context) -> {
                                    if (message.event() instanceof Evaluated evaluated) {
                                        judge(evaluated, context);
                                    }
                                    return Outcome.APPLIED;
                                }))
                .keeps(RUNS)
                .says(TopicCatalogue.TRAINING)
                .setBy(settings)
                .build();
    }

    private void judge(Evaluated evaluated, Context context) {
        Candidates known = context.get(row(evaluated));
        Candidates before = known == null ? Candidates.none(evaluated) : known;
        Candidates now = before.and(evaluated);
        context.put(row(evaluated), now);
        if (now.areComplete() && !before.areComplete()) {
            context.say(TopicCatalogue.TRAINING, verdict(now.best()));
        }
    }

    private TrainingEvent verdict(Evaluated best) {
        List<Finding> findings = Policy.all(best, settings);
        List<String> reasons = findings.stream().map(Finding::text).toList();
        return findings.stream().allMatch(Finding::passed)
                ? new TrainingEvent.Approved(
                        best.run(), best.model(), best.spec(), reasons, best.incumbent())
                : new TrainingEvent.Rejected(best.run(), best.model(), best.spec(), reasons);
    }

    private static Row<Candidates> row(Evaluated evaluated) {
        return RUNS.at(evaluated.run().value());
    }
}
