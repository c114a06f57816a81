package io.farandole.pubsub;

import com.google.pubsub.v1.Snapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * A snapshot with what it holds: what was unacknowledged at its creation, and all that was
 * published since; changed only in the order of the journal.
 */
final class LiveSnapshot {

    private final List<StoredMessage> messages;
    private Snapshot definition;

    LiveSnapshot(Snapshot definition, Collection<StoredMessage> backlog) {
        this.definition = definition;
        this.messages = new ArrayList<>(backlog);
    }

    synchronized void published(List<StoredMessage> published) {
        messages.addAll(published);
    }

    /** The topic is that of the creation, or none any more. */
    synchronized void redefine(Snapshot changed) {
        definition = changed.toBuilder().setTopic(definition.getTopic()).build();
    }

    synchronized void orphan() {
        definition = definition.toBuilder().setTopic(Resources.DELETED_TOPIC).build();
    }

    synchronized Snapshot definition() {
        return definition;
    }

    synchronized long expiresAtMillis() {
        return definition.getExpireTime().getSeconds() * 1000
                + definition.getExpireTime().getNanos() / 1_000_000;
    }

    synchronized List<StoredMessage> messages() {
        return List.copyOf(messages);
    }

    /** Gives every message that the snapshot holds to the consumer. */
    synchronized void held(Consumer<StoredMessage> consumer) {
        messages.forEach(consumer);
    }
}
