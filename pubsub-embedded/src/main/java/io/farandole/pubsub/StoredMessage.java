package io.farandole.pubsub;

import io.farandole.pubsub.journal.Payload;

/**
 * A published message: its bytes as they go to disk and to subscribers, on the heap or in a file;
 * shared by all who hold it. Small, for a backlog holds millions.
 */
final class StoredMessage extends Payload {

    private final long id;
    private final long publishedAtMillis;
    private final String orderingKey;

    StoredMessage(long id, String orderingKey, long publishedAtMillis, byte[] bytes) {
        this(id, orderingKey, publishedAtMillis, bytes, NOWHERE);
    }

    StoredMessage(
            long id, String orderingKey, long publishedAtMillis, byte[] bytes, long location) {
        super(bytes, location);
        this.id = id;
        this.orderingKey = orderingKey;
        this.publishedAtMillis = publishedAtMillis;
    }

    @Override
    public long id() {
        return id;
    }

    String orderingKey() {
        return orderingKey;
    }

    long publishedAtMillis() {
        return publishedAtMillis;
    }
}
