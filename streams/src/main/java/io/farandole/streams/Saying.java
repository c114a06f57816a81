package io.farandole.streams;

import io.farandole.events.Event;
import io.farandole.events.Topic;

/** Something to be said: an event, and a topic of its family. */
public record Saying(Topic<?> topic, Event event) {

    /**
     * @throws IllegalArgumentException if the event is none of the topic's family
     */
    public Saying {
        if (!topic.family().isInstance(event)) {
            throw new IllegalArgumentException(
                    event.getClass().getSimpleName() + " is no event of topic " + topic);
        }
    }
}
