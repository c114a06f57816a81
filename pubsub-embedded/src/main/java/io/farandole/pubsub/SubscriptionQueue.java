package io.farandole.pubsub;

import io.farandole.pubsub.QueuedMessage.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What one subscription still has to see acknowledged, and who is to get what next: pure, told the
 * time, and for one thread at a time.
 *
 * <p>On an ordered subscription the messages of a key are handed out in publish order. While a
 * receiver has some of a key, further ones go to it alone; a message that comes back brings back
 * all later ones of its key, also those that were acknowledged meanwhile. That is why an
 * acknowledgement only counts once all earlier ones of the key are acknowledged.
 */
final class SubscriptionQueue {

    private final boolean ordered;
    private final Map<Long, QueuedMessage> messages = new HashMap<>();
    private final Map<String, KeyedMessages> keys = new HashMap<>();
    private final Line fresh = new Line();
    private final Line returned = new Line();
    private final Deadlines deadlines = new Deadlines();
    private boolean returnedServedLast;
    private long nextLease;
    private long handedOut;
    private long handedOutAgain;
    private long acknowledged;
    private int leased;
    private Backoff backoff = Backoff.NONE;

    /**
     * Leases are numbered from {@code firstLease}; a restarted server has to begin above those of
     * the one before.
     */
    SubscriptionQueue(boolean ordered, long firstLease) {
        this.ordered = ordered;
        this.nextLease = firstLease;
    }

    void backoff(Backoff policy) {
        this.backoff = policy;
    }

    void add(StoredMessage stored) {
        if (!ordered || stored.orderingKey().isEmpty()) {
            QueuedMessage message = new QueuedMessage(stored, null);
            messages.put(stored.id(), message);
            fresh.add(message);
            return;
        }
        KeyedMessages key = keys.computeIfAbsent(stored.orderingKey(), KeyedMessages::new);
        QueuedMessage message = new QueuedMessage(stored, key);
        messages.put(stored.id(), message);
        key.add(message);
        line(key, fresh);
    }

    /** Hands out to the receiver as much as both have room for. */
    void fill(Receiver receiver, Handout handout, long deadline) {
        boolean room = handout.hasRoom() && receiver.hasRoom();
        while (room) {
            Work own = receiver.ownKeys.poll();
            room =
                    switch (own == null ? nextInLine() : own) {
                        case null -> false;
                        case QueuedMessage message -> handOut(message, receiver, handout, deadline);
                        case KeyedMessages key -> handOut(key, receiver, handout, deadline);
                    };
        }
    }

    /** Says whether there may be more to hand out. */
    private boolean handOut(
            QueuedMessage message, Receiver receiver, Handout handout, long deadline) {
        if (!receiver.hasRoomFor(message.message)) {
            (message.handedOut == 0 ? fresh : returned).addFirst(message);
            return false;
        }
        lease(message, receiver, handout, deadline);
        return handout.hasRoom() && receiver.hasRoom();
    }

    private boolean handOut(KeyedMessages key, Receiver receiver, Handout handout, long deadline) {
        boolean room = true;
        QueuedMessage message = key.next;
        while (message != null && room) {
            if (!receiver.hasRoomFor(message.message)) {
                room = false;
            } else {
                key.owner = receiver;
                key.leased++;
                key.next = message.nextOfKey;
                lease(message, receiver, handout, deadline);
                room = handout.hasRoom() && receiver.hasRoom();
                message = key.next;
            }
        }
        line(key, fresh);
        return room;
    }

    private void lease(QueuedMessage message, Receiver receiver, Handout handout, long deadline) {
        message.state = State.LEASED;
        message.lease = nextLease++;
        message.receiver = receiver;
        if (message.handedOut++ > 0) {
            handedOutAgain++;
        }
        handedOut++;
        leased++;
        receiver.took(message.message);
        deadlines.set(message, deadline);
        handout.add(message.message, message.lease);
    }

    /**
     * Those that came back take turns with the others: they are early, and yet one that always
     * fails stops nobody.
     */
    private @Nullable Work nextInLine() {
        Line first = returnedServedLast ? fresh : returned;
        Line second = returnedServedLast ? returned : fresh;
        Work work = first.poll();
        if (work != null) {
            returnedServedLast = !returnedServedLast;
            return work;
        }
        return second.poll();
    }

    /** The ids of messages that are never handed out again go to {@code done}. */
    void acknowledge(long id, long lease, LongConsumer done) {
        QueuedMessage message = messages.get(id);
        if (message == null) {
            return;
        }
        KeyedMessages key = message.key;
        if (key == null || key.head == message) {
            // also with a lease that is over: it was processed, and nothing before it waits
            finish(message, done);
            while (key != null && key.head != null && key.head.state == State.ACKED_EARLY) {
                finish(key.head, done);
            }
        } else if (message.state == State.LEASED && message.lease == lease) {
            endLease(message);
            message.state = State.ACKED_EARLY;
        }
    }

    private void finish(QueuedMessage message, LongConsumer done) {
        acknowledged++;
        forget(message);
        done.accept(message.message.id());
    }

    /** Drops the message wherever it is. */
    void forget(long id) {
        QueuedMessage message = messages.get(id);
        if (message != null) {
            forget(message);
        }
    }

    private void forget(QueuedMessage message) {
        endLease(message);
        deadlines.clear(message);
        messages.remove(message.message.id());
        State before = message.state;
        message.state = State.GONE;
        if (message.key != null) {
            forget(message, message.key, before);
        } else if (before == State.WAITING) {
            (message.handedOut == 0 ? fresh : returned).left();
        }
    }

    private void forget(QueuedMessage message, KeyedMessages key, State before) {
        key.remove(message);
        if (before == State.BACKING_OFF) {
            key.backingOff = false;
        }
        if (key.isEmpty()) {
            keys.remove(key.key);
        } else {
            line(key, fresh);
        }
    }

    /** The message is to be handed out again, after its back-off. */
    void nack(long id, long lease, long now) {
        QueuedMessage message = leased(id, lease);
        if (message != null) {
            comeBack(message, now, backoff.millis(message.handedOut));
        }
    }

    void extend(long id, long lease, long deadline) {
        QueuedMessage message = leased(id, lease);
        if (message != null) {
            deadlines.set(message, deadline);
        }
    }

    private @Nullable QueuedMessage leased(long id, long lease) {
        QueuedMessage message = messages.get(id);
        return message != null && message.state == State.LEASED && message.lease == lease
                ? message
                : null;
    }

    /** Ends the leases and back-offs that are over. */
    void expire(long now) {
        for (QueuedMessage message = deadlines.poll(now);
                message != null;
                message = deadlines.poll(now)) {
            if (message.state == State.BACKING_OFF) {
                rested(message);
            } else {
                comeBack(message, now, backoff.millis(message.handedOut));
            }
        }
    }

    /** The receiver is gone; what it has is handed to others at once. */
    void release(Receiver receiver, long now) {
        List<QueuedMessage> held = new ArrayList<>();
        if (receiver.outstanding() > 0) {
            for (QueuedMessage message : messages.values()) {
                if (message.receiver == receiver) {
                    held.add(message);
                }
            }
        }
        held.sort(Comparator.comparingLong(message -> message.message.id()));
        for (QueuedMessage message : held) {
            if (message.state == State.LEASED) {
                comeBack(message, now, 0);
            }
        }
    }

    private void comeBack(QueuedMessage message, long now, long restMillis) {
        endLease(message);
        KeyedMessages key = message.key;
        if (key != null) {
            for (QueuedMessage later = message;
                    later != null && later != key.next;
                    later = later.nextOfKey) {
                endLease(later);
                later.state = State.WAITING;
            }
            if (key.backingOff && key.next != null) {
                deadlines.clear(key.next);
                key.next.state = State.WAITING;
            }
            key.next = message;
            key.backingOff = restMillis > 0;
            line(key, returned);
        }
        if (restMillis > 0) {
            message.state = State.BACKING_OFF;
            deadlines.set(message, now + restMillis);
        } else {
            rested(message);
        }
    }

    private void rested(QueuedMessage message) {
        message.state = State.WAITING;
        if (message.key == null) {
            returned.add(message);
        } else {
            message.key.backingOff = false;
            line(message.key, returned);
        }
    }

    private void endLease(QueuedMessage message) {
        Receiver receiver = message.receiver;
        if (receiver == null) {
            return;
        }
        deadlines.clear(message);
        message.receiver = null;
        receiver.gaveBack(message.message);
        leased--;
        KeyedMessages key = message.key;
        if (key != null && --key.leased == 0) {
            key.owner = null;
            key.line = null;
            line(key, fresh);
        }
    }

    /**
     * Puts the key where it belongs: behind those of its owner, or in the common line; nowhere
     * while nothing waits.
     */
    private void line(KeyedMessages key, Line common) {
        if (key.next == null || key.backingOff) {
            key.line = null; // where it still stands, it counts for nothing
        } else if (key.line == null) {
            if (key.owner == null) {
                key.line = common;
                common.add(key);
            } else {
                key.line = key.owner.ownKeys;
                key.owner.ownKeys.add(key);
            }
        }
    }

    /** Drops what was published before that time, and returns the ids. */
    List<Long> dropPublishedBefore(long millis) {
        List<Long> old =
                messages.values().stream()
                        .filter(message -> message.message.publishedAtMillis() < millis)
                        .map(message -> message.message.id())
                        .sorted()
                        .toList();
        old.forEach(this::forget);
        return old;
    }

    /** When {@link #expire} has something to do next; {@link Deadlines#NONE} if never. */
    long nextDeadline() {
        return deadlines.earliest();
    }

    int size() {
        return messages.size();
    }

    int waiting() {
        return messages.size() - leased;
    }

    int leased() {
        return leased;
    }

    long handedOut() {
        return handedOut;
    }

    long handedOutAgain() {
        return handedOutAgain;
    }

    long acknowledged() {
        return acknowledged;
    }
}
