package io.farandole.orchestrator.runs;

import io.farandole.events.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A run as it is kept: a set of moments and what follows from them alone, so that it does not
 * matter in which order they were heard.
 *
 * @param state how it ended, or RUNNING
 * @param timeline in their order
 */
record Run(RunId run, RunState state, List<Moment> timeline) {

    static Run empty(RunId run) {
        return new Run(run, RunState.RUNNING, List.of());
    }

    Run with(Moment moment) {
        List<Moment> moments = new ArrayList<>(timeline);
        moments.add(moment);
        moments.sort(null);
        return new Run(run, RunState.after(moments), List.copyOf(moments));
    }

    Instant started() {
        return timeline.getFirst().at();
    }

    Instant lastNews() {
        return timeline.getLast().at();
    }

    /** The moments of these kinds, in order. */
    Stream<Moment> moments(Class<?>... kinds) {
        return timeline.stream()
                .filter(
                        moment ->
                                Stream.of(kinds).anyMatch(kind -> kind.isInstance(moment.event())));
    }
}
