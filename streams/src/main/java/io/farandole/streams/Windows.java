package io.farandole.streams;

import java.time.Duration;

/** How event time is cut into windows, and for how long each stays open. */
public sealed interface Windows permits TimeWindows, SessionWindows, JoinWindows {

    /** How far the watermark may be past a window's end before the window closes. */
    Duration grace();

    LatePolicy late();

    /** What becomes of a message when these windows are closed for it. */
    default Outcome late(String key) {
        return new Outcome.Late(
                "the windows of " + key + " are closed", late() == LatePolicy.DIVERT);
    }
}
