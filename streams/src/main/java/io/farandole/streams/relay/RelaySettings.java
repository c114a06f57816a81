package io.farandole.streams.relay;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the outbox is published: {@code farandole.streams.relay.*}.
 *
 * @param threads each publishes its part of the shards
 * @param portionRows the most that a thread reads, publishes and marks at once
 * @param portionSize the same in bytes of payload
 * @param lease how long a relay that stopped responding keeps its shards from others
 * @param poll how often it looks by itself, for what another process said; what this process said
 *     is published at once
 * @param publishTimeout how long a portion waits for its slowest key before the rest goes on
 *     without it
 * @param retention how long published rows are kept for looking things up: the bound on the
 *     outbox's size. A day of a laptop's import is some hundred megabytes
 */
public record RelaySettings(
        @DefaultValue("2") int threads,
        @DefaultValue("2000") int portionRows,
        @DefaultValue("16MB") DataSize portionSize,
        @DefaultValue("5s") Duration lease,
        @DefaultValue("200ms") Duration poll,
        @DefaultValue("30s") Duration publishTimeout,
        @DefaultValue("1d") Duration retention) {

    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

    public static final RelaySettings DEFAULT =
            new RelaySettings(
                    2,
                    2000,
                    DataSize.ofMegabytes(16),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(200),
                    Duration.ofSeconds(30),
                    Duration.ofDays(1));

    public RelaySettings {
        require(threads >= 1, "threads", threads, "must be at least 1");
        require(portionRows >= 1, "portion-rows", portionRows, "must be at least 1");
        require(portionSize.toBytes() >= 1, "portion-size", portionSize, "must be positive");
        require(lease.compareTo(SHORTEST_LEASE) >= 0, "lease", lease, "must be at least a second");
        require(poll.isPositive(), "poll", poll, "must be positive");
        require(publishTimeout.isPositive(), "publish-timeout", publishTimeout, "must be positive");
        require(!retention.isNegative(), "retention", retention, "must not be negative");
    }

    /** The same, looking this often. */
    public RelaySettings polling(Duration often) {
        return new RelaySettings(
                threads, portionRows, portionSize, lease, often, publishTimeout, retention);
    }

    private static void require(boolean holds, String name, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "farandole.streams.relay." + name + " = " + value + " " + rule);
        }
    }
}
