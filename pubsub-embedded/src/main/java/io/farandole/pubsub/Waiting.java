package io.farandole.pubsub;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who stands in line to be handed out: messages without a key, and keys. Those that came back take
 * turns with the others: they are early, and yet one that always fails stops nobody.
 */
final class Waiting {

    private final Line fresh = new Line();
    private final Line returned = new Line();
    private boolean returnedServedLast;

    void add(QueuedMessage message) {
        lineOf(message).add(message);
    }

    private void addFirst(QueuedMessage message) {
        lineOf(message).addFirst(message);
    }

    /** The message is gone before its turn came. */
    void left(QueuedMessage message) {
        lineOf(message).left();
    }

    private Line lineOf(QueuedMessage message) {
        return message.handedOut == 0 ? fresh : returned;
    }

    /**
     * Puts the key where it belongs: behind those of its owner, or in the common line; nowhere
     * while nothing waits.
     */
    void place(KeyedMessages key) {
        place(key, fresh);
    }

    /** As {@link #place}, for a key of which a message came back. */
    void placeReturned(KeyedMessages key) {
        place(key, returned);
    }

    private static void place(KeyedMessages key, Line common) {
        if (key.next == null || key.backingOff) {
            key.line = null; // where it still stands, it counts for nothing
        } else if (key.line == null) {
            key.line = key.owner == null ? common : key.owner.ownKeys;
            key.line.add(key);
        }
    }

    /** Leases to the receiver as much as both have room for. */
    void fill(Receiver receiver, Handout handout, Consumer<QueuedMessage> lease) {
        boolean room = handout.hasRoom() && receiver.hasRoom();
        while (room) {
            Work own = receiver.ownKeys.poll();
            room =
                    switch (own == null ? next() : own) {
                        case null -> false;
                        case QueuedMessage message -> handOut(message, receiver, handout, lease);
                        case KeyedMessages key -> handOut(key, receiver, handout, lease);
                    };
        }
    }

    /** Says whether there may be more to hand out. */
    private boolean handOut(
            QueuedMessage message,
            Receiver receiver,
            Handout handout,
            Consumer<QueuedMessage> lease) {
        if (!receiver.hasRoomFor(message.message)) {
            addFirst(message);
            return false;
        }
        lease.accept(message);
        return handout.hasRoom() && receiver.hasRoom();
    }

    private boolean handOut(
            KeyedMessages key, Receiver receiver, Handout handout, Consumer<QueuedMessage> lease) {
        boolean room = true;
        QueuedMessage message = key.next;
        while (message != null && room) {
            if (!receiver.hasRoomFor(message.message)) {
                room = false;
            } else {
                key.owner = receiver;
                key.leased++;
                key.next = message.nextOfKey;
                lease.accept(message);
                room = handout.hasRoom() && receiver.hasRoom();
                message = key.next;
            }
        }
        place(key);
        return room;
    }

    private @Nullable Work next() {
        Line first = returnedServedLast ? fresh : returned;
        Line second = returnedServedLast ? returned : fresh;
        Work work = first.poll();
        if (work != null) {
            returnedServedLast = !returnedServedLast;
            return work;
        }
        return second.poll();
    }
}
