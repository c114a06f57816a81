package io.farandole.streams.testing;

import io.farandole.events.Decoded;
import io.farandole.events.Encoded;
import io.farandole.events.Event;
import io.farandole.events.EventCodec;
import io.farandole.events.Message;
import io.farandole.events.Topic;

/**
 * Sends a message through the codec, so that nothing is piped or said that the wire would not
 * carry.
 */
final class RoundTrip {

    private static final EventCodec CODEC = new EventCodec();

    private RoundTrip() {}

    static <E extends Event> Message<E> of(Message<?> message, Topic<E> topic) {
        Encoded encoded = CODEC.encode(message, topic);
        Decoded<E> decoded =
                CODEC.decode(
                        topic,
                        encoded.attributes(),
                        encoded.data(),
                        message.envelope().recordedTime());
        return switch (decoded) {
            case Decoded.Understood<E> understood -> understood.message();
            case Decoded.Refused<E> refused ->
                    throw new IllegalArgumentException(
                            "not an event of "
                                    + topic
                                    + ": "
                                    + refused.place()
                                    + " "
                                    + refused.reason());
        };
    }
}
