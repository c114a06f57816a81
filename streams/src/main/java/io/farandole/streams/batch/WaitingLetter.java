package io.farandole.streams.batch;

import io.farandole.events.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that was put aside and is to be tried, with the number of its dead letter.
 *
 * @param cause as what it is counted until then
 * @param attempts how often it was tried
 * @param due when it is to be tried; null if not by itself
 * @param line the key in whose line it stands
 */
record WaitingLetter<E extends Event>(
        long id,
        DeadLetterCause cause,
        int attempts,
        @Nullable Instant due,
        @Nullable String line,
        Incoming<E> incoming) {

    boolean isDue(Instant now) {
        return due != null && !due.isAfter(now);
    }

    /** The key that it is ordered by, if it is known. */
    @Nullable String key() {
        return line == null ? incoming.key() : line;
    }
}
