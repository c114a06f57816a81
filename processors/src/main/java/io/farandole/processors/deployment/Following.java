package io.farandole.processors.deployment;

import io.farandole.events.TrainingEvent;
import io.farandole.processors.steps.Step;
import io.farandole.streams.Work;
import java.util.List;

/**
 * Lets predictions follow what is served, after each change: lists have changed by then, and never
 * wait. A change that cannot be followed is told as the run's failure at {@code endpoint}; the next
 * one is followed all the same, for it is what is served that is looked at, not the event.
 */
final class Following {

    private static final String NAME = "endpoint";

    private final Predicting predicting;
    private final ReleaseTables tables;

    Following(Predicting predicting, ReleaseTables tables) {
        this.predicting = predicting;
        this.tables = tables;
    }

    boolean isNeeded() {
        return predicting.isSomewhere();
    }

    static boolean isCalledForBy(TrainingEvent event) {
        return switch (event) {
            case TrainingEvent.Released _, TrainingEvent.Promoted _, TrainingEvent.RolledBack _ ->
                    true;
            default -> false;
        };
    }

    Work<TrainingEvent> work() {
        return Step.work(
                NAME,
                TrainingEvent.class,
                (_, _) -> {
                    predicting.follow(tables.served());
                    return List.of();
                },
                _ -> {});
    }
}
