package io.farandole.gateway.impressions;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import io.farandole.events.Encoded;
import io.farandole.events.TopicCatalogue;
import io.farandole.gateway.impressions.Lost.Reason;
import io.farandole.gateway.publishing.Publishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import reactor.core.publisher.Mono;

/**
 * Tells the broker, and holds each message until the broker or the outbox has it. While the broker
 * does not answer it is told nothing new: what it was given waits in its client already.
 */
final class Telling {

    private final Publishers publishers;
    private final Lost lost;
    private final boolean spills;
    private final long patience;
    private final Runnable published;

    // By id, which is by time.
    private final Map<String, Held> held = new ConcurrentSkipListMap<>();
    private volatile boolean troubled;

    /**
     * @param spills whether there is an outbox for what the broker does not take
     * @param patience how long it may take, if so
     * @param published is told of each that the broker has
     */
    Telling(
            Publishers publishers,
            Lost lost,
            boolean spills,
            Duration patience,
            Runnable published) {
        this.publishers = publishers;
        this.lost = lost;
        this.spills = spills;
        this.patience = patience.toNanos();
        this.published = published;
    }

    /** Tells the broker, unless it is known to be away. */
    void tell(Held message) {
        held.put(message.key(), message);
        if (!(spills && troubled)) {
            hand(message);
        }
    }

    /** Leaves it to the outbox. */
    void leave(Held message) {
        held.put(message.key(), message);
    }

    /** Hands it to the broker's client, whatever is known of the broker. */
    void hand(Held message) {
        message.handed(patience);
        try {
            publish(message.message())
                    .subscribe(_ -> done(message), failure -> failed(message, failure));
        } catch (RuntimeException e) {
            // The client is full or closed.
            failed(message, e);
        }
    }

    /** Completes when the broker has it. */
    Mono<String> publish(Encoded message) {
        return publishers.publish(TopicCatalogue.IMPRESSIONS, message);
    }

    /** The oldest that the outbox is to have. */
    List<Held> due(int most) {
        List<Held> due = held.values().stream().filter(Held::isDue).limit(most).toList();
        if (due.stream().anyMatch(Held::isWithBroker)) {
            troubled = true;
        }
        return due;
    }

    /** Nothing waits for the broker any longer. */
    void allAreDue() {
        held.values().forEach(Held::isDueNow);
    }

    /** Somebody else has it now. */
    boolean letGo(Held message) {
        boolean was = held.remove(message.key(), message);
        if (was) {
            message.free();
        }
        return was;
    }

    void isTroubled(boolean now) {
        troubled = now;
    }

    boolean isTroubled() {
        return troubled;
    }

    int size() {
        return held.size();
    }

    private void done(Held message) {
        troubled = false;
        if (letGo(message)) {
            published.run();
        }
    }

    private void failed(Held message, Throwable failure) {
        if (spills && !isFinal(failure)) {
            troubled = true;
            message.comesBack();
        } else if (letGo(message)) {
            lost.count(1, Reason.REFUSED, failure);
        }
    }

    /** Whether the broker will never take this message, however often it is told. */
    static boolean isFinal(Throwable failure) {
        return failure instanceof ApiException refused
                && refused.getStatusCode().getCode() == StatusCode.Code.INVALID_ARGUMENT;
    }
}
