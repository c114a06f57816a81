package io.farandole.streams.testing;

import io.farandole.events.Event;
import io.farandole.events.Identity;
import io.farandole.events.Message;
import io.farandole.events.Topic;
import io.farandole.streams.Source;
import java.util.UUID;

/** A message that was piped, with the source that hears it. */
record Arrival<E extends Event>(Source<E> source, Message<E> message) {

    /** By what a second delivery is known. */
    UUID identity() {
        return source.topic().ring() == Topic.Ring.SOURCE
                ? Identity.of(message.envelope().source(), message.envelope().id())
                : UUID.fromString(message.envelope().id());
    }
}
