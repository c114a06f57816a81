package io.farandole.pubsub;

/** What a topic saw since its creation, or since the start of a server without a journal. */
public record TopicCounts(String topic, long published) {}
