package io.farandole.streams.working;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long work is performed: {@code farandole.streams.work.*}.
 *
 * @param lease how long work of an instance that stopped responding is kept from others
 * @param heartbeat how often the lease of work under way is prolonged
 * @param poll how often a runner looks by itself, for what is due again and for what another
 *     process queued; what this process queued is begun at once
 */
public record WorkSettings(
        @DefaultValue("15s") Duration lease,
        @DefaultValue("5s") Duration heartbeat,
        @DefaultValue("500ms") Duration poll) {

    public static final WorkSettings DEFAULT =
            new WorkSettings(Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofMillis(500));

    public WorkSettings {
        require(heartbeat.isPositive(), "heartbeat", heartbeat, "must be positive");
        require(
                lease.compareTo(heartbeat.multipliedBy(2)) >= 0,
                "lease",
                lease,
                "must be at least two heartbeats, which are " + heartbeat.multipliedBy(2));
        require(poll.isPositive(), "poll", poll, "must be positive");
    }

    private static void require(boolean holds, String name, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "farandole.streams.work." + name + " = " + value + " " + rule);
        }
    }
}
