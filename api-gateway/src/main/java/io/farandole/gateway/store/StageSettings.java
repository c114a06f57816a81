package io.farandole.gateway.store;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long an answer may take, and what becomes of a stage that fails.
 *
 * @param deadline how long an answer may take to begin, whatever it is made of
 * @param neededDeadline how long what no answer can do without may take; longer than what it can,
 *     for it may have to wait for a connection that something that hangs holds
 * @param offersDeadline how long it may take to read all offers, beside the calls
 */
@ConfigurationProperties("farandole.api")
public record StageSettings(
        @DefaultValue("4s") Duration deadline,
        @DefaultValue("2s") Duration neededDeadline,
        @DefaultValue("10s") Duration offersDeadline,
        @DefaultValue Breakers breakers) {

    public StageSettings {
        positive("deadline", deadline);
        positive("needed-deadline", neededDeadline);
        positive("offers-deadline", offersDeadline);
    }

    /**
     * When a stage is not tried any more.
     *
     * @param window how many tries are looked back on
     * @param failurePercent if so many of them, or more, failed, it is not tried
     * @param openFor for so long
     * @param tries so many are let through then, to see whether it is over
     */
    public record Breakers(
            @DefaultValue("20") int window,
            @DefaultValue("50") int failurePercent,
            @DefaultValue("2s") Duration openFor,
            @DefaultValue("3") int tries) {

        public Breakers {
            if (window < 2) {
                throw refusal("breakers.window", window, "2 or more");
            }
            if (failurePercent < 1 || failurePercent > 100) {
                throw refusal("breakers.failure-percent", failurePercent, "between 1 and 100");
            }
            positive("breakers.open-for", openFor);
            if (tries < 1) {
                throw refusal("breakers.tries", tries, "at least 1");
            }
        }
    }

    private static void positive(String name, Duration duration) {
        if (!duration.isPositive()) {
            throw refusal(name, duration, "longer than 0s");
        }
    }

    private static IllegalArgumentException refusal(String name, Object value, String allowed) {
        return new IllegalArgumentException(
                "farandole.api." + name + " is " + value + "; it must be " + allowed);
    }
}
