package io.farandole.streams.batch;

import io.farandole.events.Event;

/** A message that waits, with the number of its dead letter and how often it was tried. */
record WaitingLetter<E extends Event>(long id, int attempts, Incoming<E> incoming) {}
