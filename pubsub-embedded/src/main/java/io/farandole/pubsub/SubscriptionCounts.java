package io.farandole.pubsub;

import com.google.pubsub.v1.Subscription;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription saw since the server started.
 *
 * @param handedOut messages sent to receivers, every redelivery counted
 * @param handedOutAgain how many of these were redeliveries
 * @param acknowledged messages that are done with
 * @param waiting messages that nobody has at the moment
 * @param outstanding messages that a receiver has and has not acknowledged
 * @param oldestPublished when the oldest of those that are not acknowledged was published
 */
public record SubscriptionCounts(
        String subscription,
        String topic,
        long handedOut,
        long handedOutAgain,
        long acknowledged,
        int waiting,
        int outstanding,
        @Nullable Instant oldestPublished) {

    /** Messages that are not acknowledged, whether somebody has them or not. */
    public long unacknowledged() {
        return (long) waiting + outstanding;
    }

    static SubscriptionCounts of(Subscription definition, SubscriptionQueue queue) {
        return new SubscriptionCounts(
                definition.getName(),
                definition.getTopic(),
                queue.leases.handedOut(),
                queue.leases.handedOutAgain(),
                queue.acknowledged(),
                queue.size() - queue.leased(),
                queue.leased(),
                oldest(queue));
    }

    private static @Nullable Instant oldest(SubscriptionQueue queue) {
        OptionalLong oldest = queue.oldestPublished();
        return oldest.isPresent() ? Instant.ofEpochMilli(oldest.getAsLong()) : null;
    }
}
