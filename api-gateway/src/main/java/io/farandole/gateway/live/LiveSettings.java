package io.farandole.gateway.live;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Lists that stay open.
 *
 * @param heartbeat how often something is sent at least, so that nobody in between closes it
 * @param atMostEvery how long a list stays as it was sent: changes in between come as one
 * @param streams how many may be open at a time in this instance
 * @param perUser how many of one user
 */
@ConfigurationProperties("farandole.api.live")
public record LiveSettings(
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("200ms") Duration atMostEvery,
        @DefaultValue("10000") int streams,
        @DefaultValue("8") int perUser) {

    public LiveSettings {
        positive("heartbeat", heartbeat);
        positive("at-most-every", atMostEvery);
        if (streams < 1) {
            throw refusal("streams", streams, "at least 1");
        }
        if (perUser < 1) {
            throw refusal("per-user", perUser, "at least 1");
        }
    }

    private static void positive(String name, Duration duration) {
        if (!duration.isPositive()) {
            throw refusal(name, duration, "longer than 0s");
        }
    }

    private static IllegalArgumentException refusal(String name, Object value, String allowed) {
        return new IllegalArgumentException(
                "farandole.api.live." + name + " is " + value + "; it must be " + allowed);
    }
}
