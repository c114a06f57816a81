package io.farandole.processors.triggers;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a model is asked for by itself: {@code farandole.triggers.*}. Never before there is a first
 * data set, which somebody has asked for or a tick.
 *
 * @param interactions so many new ones since the last data set are enough; 0 for never
 * @param drift the population stability index from which on what is new differs too much from what
 *     was there before; 0 for never
 * @param fewest so many new interactions there must be, and have been, for drift to be told
 * @param notWithin how long after any other request, or a failure of one, none is made
 */
@ConfigurationProperties("farandole.triggers")
record TriggerSettings(
        @DefaultValue("10000") int interactions,
        @DefaultValue("0.25") double drift,
        @DefaultValue("1000") int fewest,
        @DefaultValue("6h") Duration notWithin) {

    TriggerSettings {
        require(interactions >= 0, "interactions", interactions, "must not be negative");
        require(drift >= 0, "drift", drift, "must not be negative");
        require(fewest >= 1, "fewest", fewest, "must be at least 1");
        require(!notWithin.isNegative(), "not-within", notWithin, "must not be negative");
    }

    private static void require(boolean holds, String name, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "farandole.triggers." + name + " = " + value + " " + rule);
        }
    }
}
