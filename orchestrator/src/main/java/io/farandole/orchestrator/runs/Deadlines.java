package io.farandole.orchestrator.runs;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long each step may stay silent when it is its turn: {@code
 * farandole.orchestrator.runs.deadlines.*}. After that the run is shown as stalled; nothing else
 * comes of it.
 *
 * @param training for each candidate that is not trained yet
 * @param evaluation for each candidate
 */
public record Deadlines(
        @DefaultValue("5m") Duration dataset,
        @DefaultValue("30m") Duration training,
        @DefaultValue("15m") Duration evaluation,
        @DefaultValue("1m") Duration gate,
        @DefaultValue("15m") Duration deployment) {

    public static final Deadlines DEFAULT =
            new Deadlines(
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(30),
                    Duration.ofMinutes(15),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(15));

    public Deadlines {
        require("dataset", dataset);
        require("training", training);
        require("evaluation", evaluation);
        require("gate", gate);
        require("deployment", deployment);
    }

    private static void require(String step, Duration deadline) {
        if (!deadline.isPositive()) {
            throw new IllegalArgumentException(
                    "farandole.orchestrator.runs.deadlines."
                            + step
                            + " = "
                            + deadline
                            + " is not positive");
        }
    }
}
