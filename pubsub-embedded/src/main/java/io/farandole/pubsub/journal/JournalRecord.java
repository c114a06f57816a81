package io.farandole.pubsub.journal;

import java.util.List;

/**
 * What happened, in the order in which it happened: replayed from the start, it gives the state of
 * the server.
 */
public sealed interface JournalRecord {

    /** A topic was created or changed; the definition is its serialised google.pubsub.v1.Topic. */
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    record TopicDefined(String topic, byte[] definition) implements JournalRecord {}

    /** A topic was deleted; its subscriptions stay, with what they still hold. */
    record TopicDeleted(String topic) implements JournalRecord {}

    /**
     * A subscription was created or changed; the definition is its serialised
     * google.pubsub.v1.Subscription.
     */
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    record SubscriptionDefined(String subscription, byte[] definition) implements JournalRecord {}

    /** A subscription was deleted, with all that it still held. */
    record SubscriptionDeleted(String subscription) implements JournalRecord {}

    /**
     * One publish request: its messages have consecutive ids from {@code firstId}, share the
     * ordering key, and are each a serialised google.pubsub.v1.PubsubMessage with id and publish
     * time in it.
     */
    record Published(
            String topic,
            long firstId,
            String orderingKey,
            long publishedAtMillis,
            List<byte[]> messages)
            implements JournalRecord {}

    /** Messages that a subscription never has to hand out again. */
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    record Acknowledged(String subscription, long[] messageIds) implements JournalRecord {}
}
