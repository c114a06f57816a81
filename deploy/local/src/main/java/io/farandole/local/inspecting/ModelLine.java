package io.farandole.local.inspecting;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A model in a line: a release, or a candidate that was not released.
 *
 * @param release null of a candidate
 * @param state a release's: LOADING, CANARY, LIVE, RETIRED, ROLLED_BACK, FAILED; a candidate's:
 *     TRAINED, EVALUATED, REJECTED, PASSED_OVER where another one of its run was released, FAILED
 * @param share of the users that it is served to, in percent
 * @param ndcg10 as evaluated; null if it was not
 * @param dataset the fingerprint of what it was trained on, if that is known
 * @param kept whether it can be served: of releases, as far as is known
 */
public record ModelLine(
        @Nullable String release,
        String model,
        String spec,
        String state,
        int share,
        @Nullable Double ndcg10,
        String run,
        @Nullable String dataset,
        Instant since,
        boolean kept) {

    /** By what it is shown, compared and promoted. */
    public String name() {
        return release == null ? model : release;
    }
}
