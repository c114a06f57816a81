package io.farandole.pubsub;

import com.google.pubsub.v1.Topic;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A topic, who reads it, and the messages that it retains for them to seek back to; changed only in
 * the order of the journal.
 */
final class LiveTopic {

    private static final Logger LOG = LoggerFactory.getLogger(LiveTopic.class);
    private static final long GRACE_MILLIS = 60_000;

    private volatile Topic definition;
    private final List<LiveSubscription> subscriptions = new CopyOnWriteArrayList<>();
    private final List<LiveSnapshot> snapshots = new CopyOnWriteArrayList<>();
    private final ArrayDeque<StoredMessage> retained = new ArrayDeque<>();
    private final LongAdder published = new LongAdder();

    LiveTopic(Topic definition) {
        this.definition = definition;
    }

    void published(List<StoredMessage> messages) {
        published.add(messages.size());
        retain(messages);
        snapshots.forEach(snapshot -> snapshot.published(messages));
        for (LiveSubscription subscription : subscriptions) {
            try {
                subscription.add(messages);
            } catch (RuntimeException e) {
                // as when an earlier message cannot be read: the others are to have theirs
                LOG.error(
                        "{} could not hand out what it has, with message {} of {} and later ones",
                        subscription.name(),
                        messages.getFirst().id(),
                        definition.getName(),
                        e);
            }
        }
    }

    private synchronized void retain(List<StoredMessage> messages) {
        if (definition.hasMessageRetentionDuration()) {
            retained.addAll(messages);
            // not by the house-keeping alone: in the replay there is none, and decades may go by
            dropTooOld(messages.getLast().publishedAtMillis());
        }
    }

    /** For the replay: so many it had seen by then. */
    void counted(long sofar) {
        published.reset();
        published.add(sofar);
    }

    void attach(LiveSubscription subscription) {
        subscription.topicRetention(definition);
        subscriptions.add(subscription);
    }

    void attach(LiveSnapshot snapshot) {
        snapshots.add(snapshot);
    }

    void detach(LiveSubscription subscription) {
        subscriptions.remove(subscription);
    }

    void detach(LiveSnapshot snapshot) {
        snapshots.remove(snapshot);
    }

    synchronized void redefine(Topic changed) {
        definition = changed;
        if (!changed.hasMessageRetentionDuration()) {
            retained.clear();
        }
        subscriptions.forEach(subscription -> subscription.topicRetention(changed));
    }

    Topic definition() {
        return definition;
    }

    List<LiveSubscription> subscriptions() {
        return subscriptions;
    }

    List<LiveSnapshot> snapshots() {
        return snapshots;
    }

    long published() {
        return published.sum();
    }

    long retentionMillis() {
        return Backoff.millis(definition.getMessageRetentionDuration());
    }

    /** The retained messages that were published at that time or later. */
    synchronized List<StoredMessage> publishedSince(long millis) {
        return retained.stream().filter(one -> one.publishedAtMillis() >= millis).toList();
    }

    /** A minute later than need be: a seek under way may still count on what it saw. */
    synchronized void dropTooOld(long nowMillis) {
        long millis = nowMillis - retentionMillis() - GRACE_MILLIS;
        StoredMessage oldest = retained.peek();
        while (oldest != null && oldest.publishedAtMillis() < millis) {
            retained.remove();
            oldest = retained.peek();
        }
    }

    /** Gives every message that the topic retains to the consumer. */
    synchronized void held(Consumer<StoredMessage> consumer) {
        retained.forEach(consumer);
    }
}
