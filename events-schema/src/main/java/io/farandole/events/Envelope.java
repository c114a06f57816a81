package io.farandole.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is said about an event, in the words of CloudEvents 1.0.
 *
 * @param id unique within {@code source}: producers choose theirs, internal ids are UUIDs with
 *     ingestion time in front
 * @param type {@code io.farandole.<topic>.<kind>.v1}
 * @param subject the entity that the event is about, {@code user:42}; also its ordering key
 * @param time event time: when it happened
 * @param recordedTime when the platform first recorded it
 * @param correlationId the run or call that this belongs to
 * @param causationId the id of the event that this one directly follows from
 * @param causedBy the source event that this goes back to; a source event goes back to itself
 * @param sequence this event's number among those of its subject, on single-writer topics
 * @param traceParent the W3C trace context
 */
public record Envelope(
        String id,
        String source,
        String type,
        String subject,
        Instant time,
        Instant recordedTime,
        @Nullable String correlationId,
        @Nullable String causationId,
        Cause causedBy,
        @Nullable Long sequence,
        @Nullable String traceParent) {}
