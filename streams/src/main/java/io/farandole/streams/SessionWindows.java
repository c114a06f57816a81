package io.farandole.streams;

import java.time.Duration;

/**
 * Windows that grow with what happens: messages less than the gap apart are in one session, and a
 * message between two sessions makes one of them. A session lasts from its first message to a gap
 * after its last one, as any window without its end.
 */
public record SessionWindows(Duration gap, Duration grace, LatePolicy late) implements Windows {

    public SessionWindows {
        if (!gap.isPositive() || grace.isNegative()) {
            throw new IllegalArgumentException(
                    "sessions with a gap of %s and a grace of %s: a gap is positive, a grace not negative"
                            .formatted(gap, grace));
        }
    }

    /** Sessions without grace. */
    public static SessionWindows ofGap(Duration gap) {
        return new SessionWindows(gap, Duration.ZERO, LatePolicy.UPDATE);
    }

    public SessionWindows withGrace(Duration longer) {
        return new SessionWindows(gap, longer, late);
    }

    public SessionWindows whenLate(LatePolicy policy) {
        return new SessionWindows(gap, grace, policy);
    }
}
