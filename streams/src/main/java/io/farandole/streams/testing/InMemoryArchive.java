package io.farandole.streams.testing;

import io.farandole.events.ActivityEvent;
import io.farandole.events.EventAttributes;
import io.farandole.events.Kind;
import io.farandole.events.TopicCatalogue;
import io.farandole.streams.ArchivedEvent;
import io.farandole.streams.ArchivedEvents;
import io.farandole.streams.Delivery;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** An archive that ends with the test. */
public final class InMemoryArchive implements ArchivedEvents {

    private static final String ERASURE =
            TopicCatalogue.ACTIVITY.kinds().stream()
                    .filter(kind -> kind.name().equals(Kind.nameOf(ActivityEvent.Erased.class)))
                    .map(TopicCatalogue.ACTIVITY::typeOf)
                    .findFirst()
                    .orElseThrow();

    private final TreeMap<Long, ArchivedEvent> events = new TreeMap<>();
    private final Set<String> known = new HashSet<>();
    private final Map<String, Instant> erased = new HashMap<>();

    /** Keeps an event once; says its position, or that of nothing, 0, if it was there. */
    public synchronized long add(String topic, Delivery delivery) {
        String id = delivery.attributes().getOrDefault(EventAttributes.ID, delivery.messageId());
        if (!known.add(topic + "/" + id)) {
            return 0;
        }
        long position = events.isEmpty() ? 1 : events.lastKey() + 1;
        events.put(position, new ArchivedEvent(position, topic, delivery));
        if (isErasure(delivery)) {
            erased.merge(
                    delivery.orderingKey(),
                    timeOf(delivery),
                    (one, other) -> one.isAfter(other) ? one : other);
        }
        return position;
    }

    /** As a fault of the archive would lose it. */
    public synchronized void lose(long position) {
        events.remove(position);
    }

    public synchronized int size() {
        return events.size();
    }

    @Override
    public synchronized List<ArchivedEvent> read(Wanted wanted, int most) {
        return events.tailMap(wanted.after(), false).values().stream()
                .filter(event -> wanted.topics().contains(event.topic()))
                .filter(
                        event ->
                                wanted.key() == null
                                        || wanted.key().equals(event.delivery().orderingKey()))
                .limit(most)
                .toList();
    }

    @Override
    public synchronized Tombstones tombstones() {
        Map<String, Instant> now = Map.copyOf(erased);
        return event -> {
            Instant when = now.get(event.delivery().orderingKey());
            return when != null
                    && !isErasure(event.delivery())
                    && !timeOf(event.delivery()).isAfter(when);
        };
    }

    private static boolean isErasure(Delivery delivery) {
        return ERASURE.equals(delivery.attributes().get(EventAttributes.TYPE));
    }

    private static Instant timeOf(Delivery delivery) {
        return Instant.parse(
                delivery.attributes().getOrDefault(EventAttributes.TIME, Instant.EPOCH.toString()));
    }
}
