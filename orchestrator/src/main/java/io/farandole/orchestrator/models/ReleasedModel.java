package io.farandole.orchestrator.models;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A release as it is now.
 *
 * @param state LOADING, CANARY, LIVE, RETIRED, ROLLED_BACK or FAILED
 * @param share of the users that it is served to now, in percent
 * @param dataset the fingerprint of what its model was trained on; of old ones not known
 * @param users who had a list in it when it was published
 * @param items that have similar ones in it
 * @param since when it is in this state
 * @param kept whether its model is there, so that it can be gone back to
 */
public record ReleasedModel(
        String release,
        String run,
        String model,
        String spec,
        String state,
        int share,
        @Nullable String dataset,
        int users,
        int items,
        Instant since,
        boolean kept) {}
