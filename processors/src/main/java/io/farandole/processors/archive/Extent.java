package io.farandole.processors.archive;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much the archive holds.
 *
 * @param bytes on the disk, what waits to be written over included
 * @param oldestDay the first day of publication of which it has anything; null if it is empty
 * @param retentionDays for how many days it keeps what was published; 0 for ever
 */
public record Extent(
        long rows,
        long bytes,
        @Nullable LocalDate oldestDay,
        int retentionDays,
        List<OfTopic> topics) {

    /** Rows of one topic. */
    public record OfTopic(String topic, long rows) {}
}
