package io.farandole.pubsub;

import com.carrotsearch.hppc.LongObjectHashMap;
import com.carrotsearch.hppc.cursors.ObjectCursor;
import io.farandole.pubsub.QueuedMessage.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
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
    private final LongObjectHashMap<QueuedMessage> messages = new LongObjectHashMap<>();
    private final Map<String, KeyedMessages> keys = new HashMap<>();
    private final Waiting line = new Waiting();
    final DeliveryAttempts attempts = new DeliveryAttempts();

    /** Who has which message; only to be asked from outside. */
    final Leases leases;

    /** What was acknowledged, and is retained to be sought back. */
    final AcknowledgedMessages retained = new AcknowledgedMessages();

    /** Leases before this one were given before the last seek. */
    private long firstLeaseSinceSeek;

    private long acknowledged;
    private Backoff backoff = Backoff.NONE;

    /**
     * Leases are numbered from {@code firstLease}; a restarted server has to begin above those of
     * the one before.
     */
    SubscriptionQueue(boolean ordered, long firstLease) {
        this.ordered = ordered;
        this.leases = new Leases(firstLease);
    }

    void backoff(Backoff policy) {
        this.backoff = policy;
    }

    void add(StoredMessage stored) {
        KeyedMessages key =
                isOrdered(stored)
                        ? keys.computeIfAbsent(stored.orderingKey(), KeyedMessages::new)
                        : null;
        QueuedMessage message = new QueuedMessage(stored, key);
        messages.put(stored.id(), message);
        if (key == null) {
            line.add(message);
        } else {
            key.add(message);
            line.place(key);
        }
    }

    private boolean isOrdered(StoredMessage stored) {
        return ordered && !stored.orderingKey().isEmpty();
    }

    /** Hands out to the receiver as much as both have room for. */
    void fill(Receiver receiver, Handout handout, long deadline) {
        line.fill(
                receiver,
                handout,
                message -> {
                    leases.begin(message, receiver, deadline);
                    handout.add(message.message, message.lease, attempts.of(message));
                });
    }

    /** The ids of messages that are never handed out again go to {@code done}. */
    void acknowledge(long id, long lease, LongConsumer done) {
        QueuedMessage message = messages.get(id);
        if (message == null || (lease < firstLeaseSinceSeek && leased(id, lease) == null)) {
            return;
        }
        KeyedMessages key = message.key;
        if (key == null || key.head == message) {
            // also with a lease that is over: it was processed, and nothing before it waits
            finish(message, done);
            finishAcknowledged(key, done);
        } else if (message.state == State.LEASED && message.lease == lease) {
            endLease(message);
            message.state = State.ACKED_EARLY;
        }
    }

    private void finish(QueuedMessage message, LongConsumer done) {
        acknowledged++;
        forget(message);
        retained.add(message.message);
        done.accept(message.message.id());
    }

    private void finishAcknowledged(@Nullable KeyedMessages key, LongConsumer done) {
        while (key != null && key.head != null && key.head.state == State.ACKED_EARLY) {
            finish(key.head, done);
        }
    }

    /** For the replay: the message was acknowledged before. */
    void forgetAcknowledged(long id) {
        QueuedMessage message = messages.get(id);
        if (message != null) {
            forget(message);
            retained.add(message.message);
        }
    }

    /** Drops the message wherever it is. */
    void forget(long id) {
        find(id).ifPresent(this::forget);
    }

    private void forget(QueuedMessage message) {
        endLease(message);
        leases.endRest(message);
        messages.remove(message.message.id());
        State before = message.state;
        message.state = State.GONE;
        if (message.key != null) {
            forget(message, message.key, before);
        } else if (before == State.WAITING) {
            line.left(message);
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
            line.place(key);
        }
    }

    /** The message is to be handed out again, after its back-off. Says whether the lease held. */
    boolean nack(long id, long lease, long now) {
        QueuedMessage message = leased(id, lease);
        if (message != null) {
            failed(message, now);
        }
        return message != null;
    }

    /** Says whether the lease held. */
    boolean extend(long id, long lease, long deadline) {
        QueuedMessage message = leased(id, lease);
        if (message != null) {
            leases.extend(message, deadline);
        }
        return message != null;
    }

    /** The message, if that lease of it holds. */
    @Nullable QueuedMessage leased(long id, long lease) {
        QueuedMessage message = messages.get(id);
        return message != null && message.state == State.LEASED && message.lease == lease
                ? message
                : null;
    }

    Optional<QueuedMessage> find(long id) {
        return Optional.ofNullable(messages.get(id));
    }

    /** Holds up a message that waits, or its key, until then. */
    void rest(QueuedMessage message, long until) {
        KeyedMessages key = message.key;
        QueuedMessage first = key == null ? message : key.next;
        if (first == null || first.state != State.WAITING) {
            return;
        }
        leases.rest(first, until);
        if (key == null) {
            line.left(message);
        } else {
            key.backingOff = true;
            line.place(key);
        }
    }

    /** The message is to be handed out again at once, whoever has it. */
    void bringBack(QueuedMessage message, long now) {
        if (message.state == State.LEASED) {
            comeBack(message, now, 0);
        }
    }

    /** Ends the leases and back-offs that are over. */
    void expire(long now) {
        for (QueuedMessage message = leases.poll(now);
                message != null;
                message = leases.poll(now)) {
            if (message.state == State.BACKING_OFF) {
                rested(message);
            } else {
                failed(message, now);
            }
        }
    }

    private void failed(QueuedMessage message, long now) {
        if (attempts.failed(message)) {
            // those that were handed out after it go on: it does not come back before them
            endLease(message);
        } else {
            comeBack(message, now, backoff.millis(message.failures));
        }
    }

    /** The message is where the dead letters are. */
    void forwarded(long id, LongConsumer done) {
        QueuedMessage message = messages.get(id);
        // a seek may have brought it back meanwhile, to be delivered anew
        if (message != null && message.state == State.EXHAUSTED) {
            finish(message, done);
            finishAcknowledged(message.key, done);
        }
    }

    /** The message could not be forwarded: it is to be delivered once more. */
    void notForwarded(long id, long now) {
        QueuedMessage message = messages.get(id);
        if (message != null && message.state == State.EXHAUSTED) {
            comeBack(message, now, backoff.millis(message.failures));
        }
    }

    /** The receiver is gone; what it has is handed to others at once. */
    void release(Receiver receiver, long now) {
        if (receiver.outstanding() == 0) {
            return;
        }
        for (QueuedMessage message : inOrder(one -> one.receiver == receiver)) {
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
                leases.endRest(key.next);
                key.next.state = State.WAITING;
            }
            key.next = message;
            key.backingOff = restMillis > 0;
            line.placeReturned(key);
        }
        if (restMillis > 0) {
            leases.rest(message, now + restMillis);
        } else {
            rested(message);
        }
    }

    private void rested(QueuedMessage message) {
        message.state = State.WAITING;
        if (message.key == null) {
            line.add(message);
        } else {
            message.key.backingOff = false;
            line.placeReturned(message.key);
        }
    }

    private void endLease(QueuedMessage message) {
        if (!leases.end(message)) {
            return;
        }
        KeyedMessages key = message.key;
        if (key != null && --key.leased == 0) {
            key.owner = null;
            key.line = null;
            line.place(key);
        }
    }

    /**
     * The outcome covers all that is here. Leases of what stays unacknowledged go on; but a key of
     * which a message comes back begins anew, as it does whenever one comes back.
     */
    void seek(SeekOutcome outcome) {
        firstLeaseSinceSeek = leases.next();
        retained.seek(outcome.acknowledged());
        outcome.acknowledged().forEach(message -> forget(message.id()));
        forgetKeysToBegin(outcome.unacknowledged());
        for (StoredMessage stored : outcome.unacknowledged()) {
            if (!messages.containsKey(stored.id())) {
                add(stored);
            }
        }
    }

    /** What is forgotten here is added again, with what came back. */
    private void forgetKeysToBegin(List<StoredMessage> wanted) {
        for (StoredMessage stored : wanted) {
            QueuedMessage present = messages.get(stored.id());
            KeyedMessages key = isOrdered(stored) ? keys.get(stored.orderingKey()) : null;
            if (key != null && (present == null || present.state == State.ACKED_EARLY)) {
                for (QueuedMessage head = key.head; head != null; head = key.head) {
                    forget(head);
                }
            }
        }
    }

    private List<QueuedMessage> inOrder(Predicate<QueuedMessage> which) {
        List<QueuedMessage> found = new ArrayList<>();
        for (ObjectCursor<QueuedMessage> each : messages.values()) {
            if (which.test(each.value)) {
                found.add(each.value);
            }
        }
        found.sort(Comparator.comparingLong(message -> message.message.id()));
        return found;
    }

    /** Drops all that there is. */
    void clear() {
        inOrder(_ -> true).forEach(this::forget);
        retained.clear();
    }

    /** The unacknowledged messages, in publish order. */
    List<StoredMessage> unacknowledged() {
        return inOrder(_ -> true).stream().map(message -> message.message).toList();
    }

    /** When the oldest of those that are unacknowledged was published; looks at each of them. */
    OptionalLong oldestPublished() {
        long oldest = Long.MAX_VALUE;
        for (ObjectCursor<QueuedMessage> each : messages.values()) {
            oldest = Math.min(oldest, each.value.message.publishedAtMillis());
        }
        return messages.isEmpty() ? OptionalLong.empty() : OptionalLong.of(oldest);
    }

    /** Gives every message that is here, acknowledged or not, to the consumer. */
    void held(Consumer<StoredMessage> consumer) {
        for (ObjectCursor<QueuedMessage> each : messages.values()) {
            consumer.accept(each.value.message);
        }
        retained.forEach(consumer);
    }

    /** Drops what was published before that time, and returns the ids. */
    List<Long> dropPublishedBefore(long millis) {
        List<QueuedMessage> old = inOrder(message -> message.message.publishedAtMillis() < millis);
        old.forEach(this::forget);
        return old.stream().map(message -> message.message.id()).toList();
    }

    int size() {
        return messages.size();
    }

    int waiting() {
        return messages.size() - leases.held();
    }

    int leased() {
        return leases.held();
    }

    long acknowledged() {
        return acknowledged;
    }
}
