package io.farandole.pubsub;

import org.jspecify.annotations.Nullable;

/**
 * The messages of one ordering key in publish order: from the head on handed out, from {@code next}
 * on waiting.
 */
final class KeyedMessages implements Work {

    final String key;
    @Nullable QueuedMessage head;
    @Nullable QueuedMessage next;
    private @Nullable QueuedMessage tail;

    /** Who has messages of this key; while it has, nobody else gets any. */
    @Nullable Receiver owner;

    int leased;
    boolean backingOff;

    /**
     * The line in which the key stands; it may be left over in others, where it then counts for
     * nothing.
     */
    @Nullable Line line;

    KeyedMessages(String key) {
        this.key = key;
    }

    void add(QueuedMessage message) {
        if (tail == null) {
            head = message;
        } else {
            tail.nextOfKey = message;
        }
        tail = message;
        if (next == null) {
            next = message;
        }
    }

    void remove(QueuedMessage message) {
        @Nullable QueuedMessage before = null;
        for (QueuedMessage at = head; at != null && at != message; at = at.nextOfKey) {
            before = at;
        }
        if (before == null) {
            head = message.nextOfKey;
        } else {
            before.nextOfKey = message.nextOfKey;
        }
        if (tail == message) {
            tail = before;
        }
        if (next == message) {
            next = message.nextOfKey;
        }
    }

    boolean isEmpty() {
        return head == null;
    }
}
