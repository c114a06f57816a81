package io.farandole.streams.running;

import com.google.cloud.pubsub.v1.AckReplyConsumer;
import com.google.pubsub.v1.PubsubMessage;
import io.farandole.streams.Delivery;
import java.time.Instant;

/**
 * A delivery that is ours until it is acknowledged or given back; the client extends its lease.
 *
 * @param arrived when the client brought it, by {@link System#nanoTime()}
 */
record Held(Delivery delivery, AckReplyConsumer reply, long arrived) {

    static Held of(PubsubMessage message, AckReplyConsumer reply) {
        Instant published =
                Instant.ofEpochSecond(
                        message.getPublishTime().getSeconds(), message.getPublishTime().getNanos());
        return new Held(
                new Delivery(
                        message.getMessageId(),
                        message.getOrderingKey(),
                        message.getAttributesMap(),
                        message.getData().toByteArray(),
                        published),
                reply,
                System.nanoTime());
    }

    void ack() {
        reply.ack();
    }

    /** Gives it back, for whoever has room. */
    void giveBack() {
        reply.nack();
    }
}
