package io.farandole.pubsub.journal;

import java.time.Instant;
import java.util.Map;

/** One published message as the journal holds it. */
@SuppressWarnings(
        "ArrayRecordComponent") // read in bulk and never compared: a copy per message would double
// the cost
public record JournaledMessage(
        String topic,
        String messageId,
        String orderingKey,
        Map<String, String> attributes,
        byte[] data,
        Instant publishTime) {}
