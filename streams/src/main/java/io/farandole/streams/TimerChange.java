package io.farandole.streams;

import io.farandole.events.Envelope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fold set or cancelled a timer.
 *
 * @param at when it is to fire; null if it was cancelled
 * @param because of all messages that set it, the one with the greatest id, so that it does not
 *     matter in which order they came: what the timer says goes back to it
 */
public record TimerChange(Timer timer, String key, @Nullable Instant at, Envelope because) {

    /** This change, after an earlier one of the same timer and key. */
    TimerChange after(TimerChange earlier) {
        boolean goesOn =
                at != null
                        && earlier.at != null
                        && earlier.because.id().compareTo(because.id()) > 0;
        return goesOn ? new TimerChange(timer, key, at, earlier.because) : this;
    }
}
