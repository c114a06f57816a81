package io.farandole.pubsub;

import org.jspecify.annotations.Nullable;

/** A message that one subscription still has to see acknowledged. */
final class QueuedMessage implements Work {

    enum State {
        WAITING,
        LEASED,
        BACKING_OFF,
        /**
         * Acknowledged before an earlier message of its key: kept, because a redelivery of that one
         * brings it back.
         */
        ACKED_EARLY,
        /** Delivered too often: on its way to the dead-letter topic, and meanwhile to nobody. */
        EXHAUSTED,
        GONE
    }

    final StoredMessage message;
    final @Nullable KeyedMessages key;
    @Nullable QueuedMessage nextOfKey;
    State state = State.WAITING;
    long lease;
    @Nullable Receiver receiver;
    int handedOut;

    /** How often it was given back, or not acknowledged in time. */
    int failures;

    // links of the list of those that are due at the same time: kept here, so that leaving it costs
    // nothing
    Deadlines.@Nullable Due due;
    @Nullable QueuedMessage dueBefore;
    @Nullable QueuedMessage dueAfter;

    QueuedMessage(StoredMessage message, @Nullable KeyedMessages key) {
        this.message = message;
        this.key = key;
    }
}
