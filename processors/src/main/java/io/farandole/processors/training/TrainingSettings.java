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
 * @param engine where it is done
 */
@ConfigurationProperties("farandole.training")
record TrainingSettings(
        @DefaultValue("4GB") DataSize memory,
        @DefaultValue("30m") Duration longest,
        @DefaultValue("local") Engine engine) {

    /** Where models are trained. */
    enum Engine {
        /** By a child of this process. */
        LOCAL,
        /** By custom jobs of Vertex AI, as {@code farandole.vertex.*} says. */
        VERTEX
    }

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

    /** Those of a job, which trains as is done locally. */
    static TrainingSettings ofJob(long memoryBytes, Duration longest) {
        return new TrainingSettings(DataSize.ofBytes(memoryBytes), longest, Engine.LOCAL);
    }

    long memoryBytes() {
        return memory.toBytes();
    }
}
