package io.farandole.streams;

import java.time.Duration;

/**
 * How far apart two messages may have happened that are joined.
 *
 * @param difference to either side, its end included
 */
public record JoinWindows(Duration difference, Duration grace, LatePolicy late) implements Windows {

    public JoinWindows {
        if (difference.isNegative() || grace.isNegative()) {
            throw new IllegalArgumentException(
                    "a join within %s with a grace of %s: neither is negative"
                            .formatted(difference, grace));
        }
        if (late == LatePolicy.UPDATE) {
            throw new IllegalArgumentException(
                    "what is late for a join cannot update: what it would be joined with is gone");
        }
    }

    /** Without grace; what is late is dropped. */
    public static JoinWindows ofTimeDifference(Duration difference) {
        return new JoinWindows(difference, Duration.ZERO, LatePolicy.DROP);
    }

    public JoinWindows withGrace(Duration longer) {
        return new JoinWindows(difference, longer, late);
    }

    public JoinWindows whenLate(LatePolicy policy) {
        return new JoinWindows(difference, grace, policy);
    }
}
