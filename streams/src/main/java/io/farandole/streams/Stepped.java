package io.farandole.streams;

import io.farandole.events.Event;
import io.farandole.events.Message;

/** A message on its way through the stateless steps: still going, or refused by one of them. */
public sealed interface Stepped<E extends Event> {

    record Going<E extends Event>(Message<E> message) implements Stepped<E> {}

    /**
     * A step refused the message.
     *
     * @param place where in the message the trouble is, such as {@code $.rated.value}
     */
    record Refused<E extends Event>(String reason, String place) implements Stepped<E> {}
}
