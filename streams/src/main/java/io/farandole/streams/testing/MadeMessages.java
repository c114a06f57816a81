package io.farandole.streams.testing;

import io.farandole.events.Cause;
import io.farandole.events.Envelope;
import io.farandole.events.Event;
import io.farandole.events.EventId;
import io.farandole.events.Identity;
import io.farandole.events.Message;
import io.farandole.events.Topic;
import java.time.Instant;

/**
 * Puts events into envelopes, as their producer would: numbered, so that the same test makes the
 * same ids.
 */
final class MadeMessages {

    private static final String PRODUCER = "driver";

    private int number;

    <E extends Event> Message<E> message(Topic<E> topic, E event, Instant at, Instant published) {
        String name = "event-" + number++;
        String id =
                topic.ring() == Topic.Ring.SOURCE
                        ? name
                        : EventId.ingested(published, topic, Identity.of(PRODUCER, name), 0)
                                .toString();
        Envelope envelope =
                new Envelope(
                        id,
                        PRODUCER,
                        topic.typeOf(event),
                        topic.subjectOf(event),
                        at,
                        published,
                        null,
                        null,
                        new Cause(PRODUCER, name),
                        null,
                        null);
        return new Message<>(envelope, event);
    }
}
