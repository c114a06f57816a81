package io.farandole.gateway.similar;

import io.farandole.gateway.items.Recommended;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the release that is served knows to be similar to an item; never nothing. */
record Known(String release, @Nullable String model, List<Recommended> items) {}
