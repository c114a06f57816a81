package io.farandole.orchestrator.ledger;

import io.farandole.events.Topic;
import java.time.Instant;
import java.util.Map;

/**
 * What the broker's journal holds of one topic.
 *
 * @param messages all messages, repeated ones included
 * @param reach since when the journal has everything: what is older is no longer retained
 * @param distinctByHour events that differ in (source, id), by the hour in which each was first
 *     published
 */
public record Published(
        Topic<?> topic, long messages, Instant reach, Map<Instant, Long> distinctByHour) {

    /** Of the hours that are there whole. */
    public long distinct() {
        return distinctByHour.entrySet().stream()
                .filter(hour -> hasWhole(hour.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Whether nothing that was published in the hour that begins then can be gone. */
    boolean hasWhole(Instant hour) {
        return !hour.isBefore(reach);
    }
}
