package io.farandole.streams.running;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.NotFoundException;
import io.farandole.events.Topic;
import io.farandole.streams.Source;
import io.farandole.streams.batch.PreparedProcessor;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds what the inboxes remember against what the broker really keeps: the catalogue says what it
 * should, and somebody may have set it otherwise. What comes again and is remembered no more would
 * be counted twice.
 */
final class BrokerRetention {

    private static final Logger log = LoggerFactory.getLogger(BrokerRetention.class);

    private final OwnSubscriptions subscriptions;
    private final StreamsSettings settings;

    BrokerRetention(OwnSubscriptions subscriptions, StreamsSettings settings) {
        this.subscriptions = subscriptions;
        this.settings = settings;
    }

    /**
     * @throws IllegalStateException if the broker keeps messages for longer than their ids are
     *     remembered
     */
    void check(PreparedProcessor prepared) {
        for (Source<?> source : prepared.processor().sources()) {
            boolean internal = source.topic().ring() == Topic.Ring.INTERNAL;
            int remembered = internal ? settings.horizonDays() : settings.sourceHorizonDays();
            if (!internal && remembered == 0) {
                continue;
            }
            String name = prepared.generation().subscriptionOf(source.topic());
            Duration kept = kept(name);
            if (kept.compareTo(Duration.ofDays(remembered)) > 0) {
                throw new IllegalStateException(
                        "%s does not start: the broker keeps messages of subscription %s for %s days, but their ids are remembered for %d (farandole.streams.%s); raise that, or shorten the retention of the topic or the subscription"
                                .formatted(
                                        prepared.generation().label(),
                                        name,
                                        days(kept),
                                        remembered,
                                        internal ? "horizon-days" : "source-horizon-days"));
            }
        }
    }

    private Duration kept(String name) {
        try {
            return subscriptions.keptByBroker(name);
        } catch (NotFoundException e) {
            // It brings nothing; who supervises it tells.
            log.debug("Subscription {} is not there yet", name, e);
        } catch (ApiException e) {
            log.warn(
                    "For how long the broker keeps messages of subscription {} cannot be asked now,"
                            + " so that it is not held against the inbox: {}",
                    name,
                    e.getMessage());
        }
        return Duration.ZERO;
    }

    private static String days(Duration duration) {
        return Long.toString((duration.toSeconds() + 86_399) / 86_400);
    }
}
