package io.farandole.gateway;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What can be set about the API.
 *
 * @param listDeadline how long a user's list may take to come from Postgres
 * @param popularDeadline how long the popular items may take, when they are not at hand
 * @param popularFreshness how long the popular items are kept at hand, and how often their order,
 *     and offers of whose changes nothing is heard, are read
 * @param retryAfter what {@code Retry-After} says while something is down
 * @param zone in which days begin, and times without a zone are meant
 * @param oldToken what clients of the old API may show in {@code ?token=}; without one, nothing
 */
@ConfigurationProperties("farandole.api")
public record GatewaySettings(
        @DefaultValue("1s") Duration listDeadline,
        @DefaultValue("2s") Duration popularDeadline,
        @DefaultValue("5s") Duration popularFreshness,
        @DefaultValue("2s") Duration retryAfter,
        @Nullable OldToken oldToken,
        @DefaultValue Access access,
        @DefaultValue Credits credits,
        @DefaultValue("Europe/Paris") ZoneId zone,
        @DefaultValue Events events,
        @DefaultValue Impressions impressions,
        @DefaultValue WarmUp warmUp) {

    public GatewaySettings {
        positive("list-deadline", listDeadline);
        positive("popular-deadline", popularDeadline);
        positive("popular-freshness", popularFreshness);
        if (retryAfter.toSeconds() < 1) {
            throw refusal("retry-after", retryAfter, "at least 1s: the header counts seconds");
        }
    }

    /**
     * Who may ask.
     *
     * @param keyless who may ask without a key
     * @param keyFreshness how long a key is kept at hand: how long one that was revoked is taken
     * @param perSecond how many calls a second each key may make to this instance
     * @param unknownPerSecond how many keys that it did not know before this instance looks up a
     *     second for each address
     * @param origins of which web pages browsers may show answers to
     */
    public record Access(
            @DefaultValue("nobody") Keyless keyless,
            @DefaultValue("5s") Duration keyFreshness,
            @DefaultValue("1000") int perSecond,
            @DefaultValue("50") int unknownPerSecond,
            @DefaultValue List<String> origins) {

        /** Who may ask without a key. */
        public enum Keyless {
            NOBODY,
            /** Whoever is on this machine, and asks for this machine. */
            LOOPBACK
        }

        public Access {
            positive("access.key-freshness", keyFreshness);
            if (perSecond < 1) {
                throw refusal("access.per-second", perSecond, "at least 1");
            }
            if (unknownPerSecond < 1) {
                throw refusal("access.unknown-per-second", unknownPerSecond, "at least 1");
            }
            origins = List.copyOf(origins);
            if (origins.contains("*")) {
                throw refusal("access.origins", "*", "origins by name, as https://app.example.org");
            }
        }
    }

    /**
     * What people can spend.
     *
     * @param unknownCents of whom nothing is known
     * @param digitalCapCents of a user's credit, on what can be had anywhere
     * @param physicalCapCents of a user's credit, on all else
     */
    public record Credits(
            @DefaultValue("30000") int unknownCents,
            @DefaultValue("10000") int digitalCapCents,
            @DefaultValue("2147483647") int physicalCapCents) {

        public Credits {
            if (unknownCents < 0) {
                throw refusal("credits.unknown-cents", unknownCents, "0 or more");
            }
            if (digitalCapCents < 0) {
                throw refusal("credits.digital-cap-cents", digitalCapCents, "0 or more");
            }
            if (physicalCapCents < 0) {
                throw refusal("credits.physical-cap-cents", physicalCapCents, "0 or more");
            }
        }
    }

    /**
     * The door for events.
     *
     * @param publishDeadline how long the broker may take to acknowledge
     * @param largestBody the largest request body
     * @param largestBatch how many events a request may hold
     * @param mostAhead how far in the future an event may have happened, by this machine's clock
     */
    public record Events(
            @DefaultValue("5s") Duration publishDeadline,
            @DefaultValue("1MB") DataSize largestBody,
            @DefaultValue("1000") int largestBatch,
            @DefaultValue("5m") Duration mostAhead) {

        public Events {
            positive("events.publish-deadline", publishDeadline);
            if (largestBody.toBytes() < 1
                    || largestBody.toBytes() > DataSize.ofMegabytes(10).toBytes()) {
                throw refusal("events.largest-body", largestBody, "between 1B and 10MB");
            }
            if (largestBatch < 1) {
                throw refusal("events.largest-batch", largestBatch, "at least 1");
            }
            if (mostAhead.isNegative()) {
                throw refusal("events.most-ahead", mostAhead, "0s or more");
            }
        }
    }

    /**
     * What was answered, told as events.
     *
     * @param enabled whether it is told
     * @param buffer how many may wait for the broker, and as many again for the outbox; more are
     *     lost, counted and logged
     * @param spillAfter how long the broker may take before the outbox has it
     * @param drainDeadline how long the end waits for the broker, and once more for the outbox
     */
    public record Impressions(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("10000") int buffer,
            @DefaultValue("2s") Duration spillAfter,
            @DefaultValue("5s") Duration drainDeadline) {

        private static final int LARGEST_BUFFER = 20_000;

        public Impressions {
            if (buffer < 1 || buffer > LARGEST_BUFFER) {
                throw refusal("impressions.buffer", buffer, "between 1 and " + LARGEST_BUFFER);
            }
            positive("impressions.spill-after", spillAfter);
            positive("impressions.drain-deadline", drainDeadline);
        }
    }

    /**
     * What happens before the service says that it is ready.
     *
     * @param requests how many requests the service makes to itself; cold code costs ten times warm
     */
    public record WarmUp(@DefaultValue("40") int requests) {

        public WarmUp {
            if (requests < 0) {
                throw refusal("warm-up.requests", requests, "0 or more");
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
