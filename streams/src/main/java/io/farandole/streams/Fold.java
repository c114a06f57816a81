package io.farandole.streams;

import io.farandole.events.Event;
import io.farandole.events.Message;

/**
 * Folds a message into the state; pure: no clock, no randomness, no I/O, only what the context
 * gives.
 */
@FunctionalInterface
public interface Fold<E extends Event> {
    Outcome fold(Message<E> message, Context context);
}
