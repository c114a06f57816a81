package io.farandole.gateway.events;

import io.farandole.gateway.problems.Flaw;
import org.jspecify.annotations.Nullable;

/** An event that is not let in: what is wrong, and where. */
record Refused(int index, @Nullable String id, @Nullable String source, String place, String reason)
        implements Incoming, Verdict {

    Flaw flaw() {
        return new Flaw(index, place, reason);
    }
}
