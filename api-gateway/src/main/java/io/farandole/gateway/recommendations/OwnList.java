package io.farandole.gateway.recommendations;

import io.farandole.events.Cause;
import io.farandole.gateway.items.Recommended;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user's own list in the release that is served, as much of it as was read and can be had.
 *
 * @param model what the list was made by; absent in lists by taste
 * @param canary the release that is tried now, be it this one or not
 */
record OwnList(
        String release,
        @Nullable String model,
        long version,
        @Nullable Cause causedBy,
        @Nullable Instant at,
        @Nullable String canary,
        List<Recommended> entries) {}
