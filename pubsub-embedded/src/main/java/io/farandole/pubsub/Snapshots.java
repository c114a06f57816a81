package io.farandole.pubsub;

import com.google.pubsub.v1.Snapshot;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The snapshots that there are; changed only in the order of the journal. */
final class Snapshots {

    private final ConcurrentHashMap<String, LiveSnapshot> byName = new ConcurrentHashMap<>();

    Optional<LiveSnapshot> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Collection<LiveSnapshot> all() {
        return byName.values();
    }

    /** One that is there already is only redefined. */
    void defined(
            Snapshot definition, Optional<LiveSubscription> source, @Nullable LiveTopic topic) {
        LiveSnapshot present = byName.get(definition.getName());
        if (present != null) {
            present.redefine(definition);
            return;
        }
        LiveSnapshot created =
                new LiveSnapshot(
                        definition, source.map(LiveSubscription::unacknowledged).orElse(List.of()));
        byName.put(definition.getName(), created);
        if (topic == null) {
            created.orphan();
        } else {
            topic.attach(created);
        }
    }

    void removed(String name, Collection<LiveTopic> topics) {
        LiveSnapshot gone = byName.remove(name);
        if (gone != null) {
            topics.forEach(topic -> topic.detach(gone));
        }
    }
}
