package io.farandole.events;

import java.util.Map;

/** An event as a Pub/Sub message: envelope in attributes, body in JSON, entity as ordering key. */
// The bytes go straight to the publisher; copying or comparing them would only cost.
@SuppressWarnings("ArrayRecordComponent")
public record Encoded(Map<String, String> attributes, byte[] data, String orderingKey) {}
