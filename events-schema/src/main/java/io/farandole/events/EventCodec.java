package io.farandole.events;

import io.farandole.events.Decoded.Refused;
import io.farandole.events.Decoded.Understood;
import java.time.Instant;
import java.util.Map;

/**
 * Writes events as Pub/Sub messages and reads them back: the envelope in attributes, the event as
 * JSON.
 *
 * <p>Reading never throws, whatever the bytes: what is no event is {@linkplain Refused refused}
 * with reason and place. Writing throws {@link IllegalArgumentException}: a message that cannot be
 * written is a fault of our own.
 */
public final class EventCodec {

    /** The largest body that is written or read, in bytes. */
    public static final int LARGEST_BODY = 1_000_000;

    public Encoded encode(Message<?> message, Topic<?> topic) {
        Envelope envelope = message.envelope();
        Event event = message.event();
        if (!topic.family().isInstance(event)) {
            throw new IllegalArgumentException(
                    event.getClass().getName() + " is not said on topic " + topic);
        }
        String type = topic.typeOf(event);
        if (!envelope.type().equals(type)) {
            throw new IllegalArgumentException(
                    "the envelope says " + envelope.type() + ", the event is a " + type);
        }
        String subject = topic.subjectOf(event);
        if (!envelope.subject().equals(subject)) {
            throw new IllegalArgumentException(
                    "the envelope says " + envelope.subject() + ", the event is about " + subject);
        }
        byte[] data = EventBody.write(Family.of(topic.family()), event);
        if (data.length > LARGEST_BODY) {
            throw new IllegalArgumentException(tooLarge(data));
        }
        return new Encoded(EnvelopeCodec.write(envelope, topic), data, subject);
    }

    public <E extends Event> Decoded<E> decode(
            Topic<E> topic, Map<String, String> attributes, byte[] data, Instant publishTime) {
        try {
            if (data.length > LARGEST_BODY) {
                return new Refused<>(tooLarge(data), "$");
            }
            EnvelopeCodec.check(attributes);
            EventBody.Read body = EventBody.read(Family.of(topic.family()), data);
            Envelope envelope = EnvelopeCodec.read(attributes, topic, body.event(), publishTime);
            E event = topic.family().cast(body.event());
            return new Understood<>(new Message<>(envelope, event), body.unknownFields());
        } catch (Unreadable e) {
            return new Refused<>(Texts.quotable(e.reason()), Texts.quotable(e.place()));
        }
    }

    private static String tooLarge(byte[] data) {
        return "the body has " + data.length + " bytes, at most " + LARGEST_BODY + " are allowed";
    }
}
