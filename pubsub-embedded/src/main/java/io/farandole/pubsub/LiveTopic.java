package io.farandole.pubsub;

import com.google.pubsub.v1.Topic;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/** A topic and who reads it; changed only in the order of the journal. */
final class LiveTopic {

    private volatile Topic definition;
    private final List<LiveSubscription> subscriptions = new CopyOnWriteArrayList<>();
    private final LongAdder published = new LongAdder();

    LiveTopic(Topic definition) {
        this.definition = definition;
    }

    void published(List<StoredMessage> messages) {
        published.add(messages.size());
        for (LiveSubscription subscription : subscriptions) {
            subscription.add(messages);
        }
    }

    void attach(LiveSubscription subscription) {
        subscriptions.add(subscription);
    }

    void detach(LiveSubscription subscription) {
        subscriptions.remove(subscription);
    }

    void redefine(Topic changed) {
        definition = changed;
    }

    Topic definition() {
        return definition;
    }

    List<LiveSubscription> subscriptions() {
        return subscriptions;
    }

    long published() {
        return published.sum();
    }
}
