package io.farandole.gateway.offers;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The memory of offers.
 *
 * @param reloadEvery how often all are read again though each change is heard of
 * @param settleFor how long after hearing began, or began again, they are read again every few
 *     seconds: what was published before may not have been in the catalogue yet
 * @param currentWithin how far behind what is published the memory may be, so that what is about to
 *     be shown is not looked up once more
 * @param ahead for how long what was heard counts of which the catalogue knows nothing yet
 * @param oldest how old the memory may be in an instance that is ready
 */
@ConfigurationProperties("farandole.api.offers")
record OfferSettings(
        @DefaultValue("5m") Duration reloadEvery,
        @DefaultValue("1m") Duration settleFor,
        @DefaultValue("2s") Duration currentWithin,
        @DefaultValue("10m") Duration ahead,
        @DefaultValue("1m") Duration oldest) {

    OfferSettings {
        positive("reload-every", reloadEvery);
        positive("settle-for", settleFor);
        positive("current-within", currentWithin);
        positive("ahead", ahead);
        positive("oldest", oldest);
    }

    private static void positive(String name, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException(
                    "farandole.api.offers."
                            + name
                            + " is "
                            + duration
                            + "; it must be longer than 0s");
        }
    }
}
