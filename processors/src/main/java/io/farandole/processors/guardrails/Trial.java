package io.farandole.processors.guardrails;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A canary. Whatever is heard first, it comes to the same.
 *
 * @param run that released it last; while that was not heard, the least of those that told of it
 * @param since when it was released; null if that was not heard yet
 * @param ended whether it was judged, promoted or rolled back
 */
record Trial(String release, String run, @Nullable Instant since, boolean ended) {

    static Trial unheard(String release, String run) {
        return new Trial(release, run, null, false);
    }

    /** By this run; whatever was heard before it. */
    Trial begun(String ofRun, Instant at) {
        return since == null || at.isAfter(since) || (at.equals(since) && isLess(ofRun))
                ? new Trial(release, ofRun, at, ended)
                : this;
    }

    /** As this run says, which need not be the one that released it. */
    Trial over(String ofRun) {
        return new Trial(release, since == null && isLess(ofRun) ? ofRun : run, since, true);
    }

    private boolean isLess(String ofRun) {
        return ofRun.compareTo(run) < 0;
    }
}
