package io.farandole.orchestrator.runs;

import io.farandole.events.TrainingEvent;
import java.util.List;

/** How a run is. */
public enum RunState {
    /** The next step is expected, and its deadline is not over. */
    RUNNING,
    /**
     * The next step should have spoken by now. Never kept, only told when a run is read: once the
     * step is back, the run goes on as if nothing had been.
     */
    STALLED,
    /** A model was released. */
    DONE,
    /** No candidate was good enough. */
    REJECTED,
    /** A step gave up. */
    FAILED;

    /** What the last ending says; but what was released is served, whatever else is said. */
    static RunState after(List<Moment> timeline) {
        RunState state = RUNNING;
        for (Moment moment : timeline) {
            state =
                    switch (moment.event()) {
                        case TrainingEvent.Released _ -> DONE;
                        case TrainingEvent.Rejected _ -> state == DONE ? DONE : REJECTED;
                        case TrainingEvent.Failed _ -> state == DONE ? DONE : FAILED;
                        default -> state;
                    };
        }
        return state;
    }
}
