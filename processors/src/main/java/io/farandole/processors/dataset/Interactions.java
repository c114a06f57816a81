package io.farandole.processors.dataset;

import io.farandole.recommenders.dataset.Interaction;
import io.farandole.recommenders.dataset.ItemFacts;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What users did with items, as far back as it is kept. */
interface Interactions {

    /** All of it, as it is at one moment. */
    Extract all() throws IOException;

    /**
     * What was read, and what it was made from.
     *
     * @param facts what the catalogue told of items, also of those that nobody met
     * @param events of activity that were read, those that left no interaction included
     * @param from when the first of them happened; null if there was none
     * @param to when the last of them happened
     * @param archivedTo the position of the last row that was there
     */
    record Extract(
            List<Interaction> interactions,
            ItemFacts facts,
            int events,
            @Nullable Instant from,
            @Nullable Instant to,
            long archivedTo) {}
}
