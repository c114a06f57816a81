package io.farandole.streams.relay;

import com.google.pubsub.v1.PubsubMessage;

/** Something said and not yet known to be published. */
record OutboxRow(long id, String topic, PubsubMessage message) {

    OutboxKey key() {
        return new OutboxKey(topic, message.getOrderingKey());
    }
}
