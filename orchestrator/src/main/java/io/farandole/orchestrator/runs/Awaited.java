package io.farandole.orchestrator.runs;

import java.time.Duration;
import java.time.Instant;

/**
 * A step that should speak next.
 *
 * @param since when it was its turn
 * @param deadlineSeconds how long it may stay silent
 * @param overdue whether it has been silent for longer
 */
public record Awaited(String step, Instant since, double deadlineSeconds, boolean overdue) {

    static Awaited of(String step, Instant since, Duration deadline, Instant now) {
        return new Awaited(
                step,
                since,
                Seconds.of(deadline),
                Duration.between(since, now).compareTo(deadline) > 0);
    }
}
