package io.farandole.pubsub.faults;

import io.grpc.Status;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a fault brings about, as far as its name leaves it open. */
record Effect(Duration duration, Status.@Nullable Code status, boolean afterwards) {

    static final Effect NONE = new Effect(Duration.ZERO, null, false);

    static Effect lasting(Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("A delay lasts longer than " + duration + ".");
        }
        return new Effect(duration, null, false);
    }

    static Effect failing(Status.Code status) {
        return new Effect(Duration.ZERO, failure(status), false);
    }

    static Effect failingAfterwards(Status.Code status) {
        return new Effect(Duration.ZERO, failure(status), true);
    }

    static Status.Code failure(Status.Code status) {
        if (status == Status.Code.OK) {
            throw new IllegalArgumentException("OK is no failure.");
        }
        return status;
    }
}
