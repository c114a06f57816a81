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

    /** By this run; whatever was heard before it. */
    Trial begun(String ofRun, Instant at) {
        return new Trial(release, ofRun, since == null || at.isAfter(since) ? at : since, ended);
    }

    Trial over() {
        return new Trial(release, run, since, true);
    }
}
