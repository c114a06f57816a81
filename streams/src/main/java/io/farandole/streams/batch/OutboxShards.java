package io.farandole.streams.batch;

/** Over how many shards what is said is spread, so that several relays can publish at once. */
public final class OutboxShards {

    public static final int COUNT = 16;

    private static final int SPREAD = 31;

    private OutboxShards() {}

    /** The shard of a key: all of a key's events are in one. */
    public static int of(String topic, String orderingKey) {
        return Math.floorMod(topic.hashCode() * SPREAD + orderingKey.hashCode(), COUNT);
    }
}
