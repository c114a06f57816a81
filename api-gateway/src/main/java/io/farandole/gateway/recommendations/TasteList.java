package io.farandole.gateway.recommendations;

import io.farandole.events.Cause;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A user's own list, as much of it as was asked for and can be had. */
record TasteList(
        long version, @Nullable Cause causedBy, @Nullable Instant at, List<Recommended> entries) {}
