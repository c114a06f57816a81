package io.farandole.streams;

import java.time.Instant;
import java.util.Map;

/** A message as the broker hands it over. */
// Deliveries are handed on, never compared: wrapping the bytes would only copy them.
@SuppressWarnings("ArrayRecordComponent")
public record Delivery(
        String messageId,
        String orderingKey,
        Map<String, String> attributes,
        byte[] data,
        Instant publishTime) {}
