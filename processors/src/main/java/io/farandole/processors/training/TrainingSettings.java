package io.farandole.processors.training;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How models are trained: {@code farandole.training.*}.
 *
 * @param memory the most that a training may take; one that needs more is refused, with the number
 * @param longest a training that takes longer is ended
 */
@ConfigurationProperties("farandole.training")
record TrainingSettings(
        @DefaultValue("4GB") DataSize memory, @DefaultValue("30m") Duration longest) {

    TrainingSettings {
        if (memory.toMegabytes() < 64) {
            throw new IllegalArgumentException(
                    "farandole.training.memory = " + memory + " must be at least 64MB");
        }
        if (!longest.isPositive()) {
            throw new IllegalArgumentException(
                    "farandole.training.longest = " + longest + " must be positive");
        }
    }
}
