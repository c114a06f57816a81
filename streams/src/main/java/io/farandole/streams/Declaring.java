package io.farandole.streams;

import io.farandole.events.Event;
import io.farandole.events.Message;

/** Declares the rows that a message will touch. */
@FunctionalInterface
public interface Declaring<E extends Event> {
    void declare(Message<E> message, Touched touched);
}
