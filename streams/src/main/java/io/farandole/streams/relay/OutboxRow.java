package io.farandole.streams.relay;

import com.google.pubsub.v1.PubsubMessage;
import io.farandole.events.EventAttributes;
import org.jspecify.annotations.Nullable;

/** Something said and not yet known to be published. */
record OutboxRow(long id, String topic, PubsubMessage message) {

    OutboxKey key() {
        return new OutboxKey(topic, message.getOrderingKey());
    }

    @Nullable String traceParent() {
        return message.getAttributesMap().get(EventAttributes.TRACE_PARENT);
    }
}
