package io.farandole.events;

import java.time.Instant;

/** An event in its envelope. */
public record Message<E extends Event>(Envelope envelope, E event) {

    /**
     * As its producer says it: the event is its own cause.
     *
     * @param time when it happened
     * @param recorded when it is said
     */
    public static <E extends Event> Message<E> said(
            Topic<E> topic, String source, String id, Instant time, Instant recorded, E event) {
        Envelope envelope =
                new Envelope(
                        id,
                        source,
                        topic.typeOf(event),
                        topic.subjectOf(event),
                        time,
                        recorded,
                        null,
                        null,
                        new Cause(source, id),
                        null,
                        null);
        return new Message<>(envelope, event);
    }
}
