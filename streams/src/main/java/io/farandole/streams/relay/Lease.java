package io.farandole.streams.relay;

/**
 * The right to publish a shard of the outbox.
 *
 * @param fence rises with every new owner: what an owner does under an older one has no effect
 */
record Lease(int shard, long fence) {}
