package io.farandole.streams.relay;

/** That within which order is kept. */
record OutboxKey(String topic, String orderingKey) {}
