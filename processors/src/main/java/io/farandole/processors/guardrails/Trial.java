package io.farandole.processors.guardrails;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A canary.
 *
 * @param since when it was released; null if that was not heard yet
 * @param ended whether it was judged, promoted or rolled back
 */
record Trial(String release, String run, @Nullable Instant since, boolean ended) {

    Trial begun(Instant at) {
        return new Trial(release, run, at, ended);
    }

    Trial over() {
        return new Trial(release, run, since, true);
    }
}
