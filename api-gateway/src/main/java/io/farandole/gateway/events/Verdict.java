package io.farandole.gateway.events;

import io.farandole.events.Encoded;
import io.farandole.events.Topic;

/** What screening makes of an event. */
sealed interface Verdict permits Verdict.Accepted, Refused {

    int index();

    /**
     * The event may be published.
     *
     * @param unknownFields members of its data that nobody here knows; they are not passed on
     */
    record Accepted(
            int index, String id, String source, Topic<?> topic, Encoded message, int unknownFields)
            implements Verdict {}
}
