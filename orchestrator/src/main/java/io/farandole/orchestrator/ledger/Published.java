package io.farandole.orchestrator.ledger;

import io.farandole.events.Topic;
import java.time.Instant;
import java.util.Map;

/**
 * What the broker's journal holds of one topic.
 *
 * @param messages all messages, repeated ones included
 * @param distinctByHour events that differ in (source, id), by the hour in which each was first
 *     published
 */
public record Published(Topic<?> topic, long messages, Map<Instant, Long> distinctByHour) {

    public long distinct() {
        return distinctByHour.values().stream().mapToLong(Long::longValue).sum();
    }
}
