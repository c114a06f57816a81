package io.farandole.streams.batch;

import io.farandole.events.Event;
import java.time.Instant;
import java.util.List;

/**
 * The first of those that stand in the line of a parked key, in order.
 *
 * @param letters at least one
 * @param whole whether nothing stands behind them
 */
record Line<E extends Event>(List<WaitingLetter<E>> letters, boolean whole) {

    /** A line is tried when its first is due, and never from anywhere else. */
    boolean isDue(Instant now) {
        return letters.getFirst().isDue(now);
    }

    /** Whether a message of that number may be tried now, or has to stand behind these. */
    boolean lets(long id, Instant now) {
        if (!isDue(now)) {
            return id < letters.getFirst().id();
        }
        return whole || id < letters.getLast().id();
    }
}
