package io.farandole.gateway.health;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * When an instance is ready.
 *
 * @param oldestData how long ago the newest event may have happened that is in the read models;
 *     left out, however long ago: a demonstration's events are years old, and where nobody does
 *     anything at night nothing is wrong
 */
@ConfigurationProperties("farandole.api.readiness")
record ReadinessSettings(@Nullable Duration oldestData) {

    ReadinessSettings {
        if (oldestData != null && !oldestData.isPositive()) {
            throw new IllegalArgumentException(
                    "farandole.api.readiness.oldest-data is "
                            + oldestData
                            + "; it must be longer than 0s, or left out");
        }
    }
}
