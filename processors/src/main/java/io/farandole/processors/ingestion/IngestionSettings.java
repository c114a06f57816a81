package io.farandole.processors.ingestion;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How ingestion treats what producers say: {@code farandole.ingestion.*}.
 *
 * @param steps the stateless steps that every source event goes through, by their names in the
 *     function catalogue
 * @param clockTolerance how far in the future, seen from its publishing, an event may have happened
 */
@ConfigurationProperties("farandole.ingestion")
record IngestionSettings(
        @DefaultValue("validate|clean") String steps, @DefaultValue("5m") Duration clockTolerance) {

    IngestionSettings {
        if (steps.isBlank()) {
            throw new IllegalArgumentException(
                    "farandole.ingestion.steps is blank; name at least one, as in validate|clean");
        }
        if (clockTolerance.isNegative()) {
            throw new IllegalArgumentException(
                    "farandole.ingestion.clock-tolerance = " + clockTolerance + " is negative");
        }
    }
}
