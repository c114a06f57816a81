package io.farandole.streams.testing;

import io.farandole.events.EventAttributes;
import io.farandole.streams.ArchivedEvent;
import io.farandole.streams.ArchivedEvents;
import io.farandole.streams.Delivery;
import io.farandole.streams.Erasures;
import io.farandole.streams.Told;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** An archive that ends with the test. */
public final class InMemoryArchive implements ArchivedEvents {

    private final TreeMap<Long, ArchivedEvent> events = new TreeMap<>();
    private final Set<String> known = new HashSet<>();
    private final List<Expired> expired = new ArrayList<>();
    private final Erasures erasures = new Erasures();

    /** Keeps an event once; says its position, or that of nothing, 0, if it was there. */
    public synchronized long add(String topic, Delivery delivery) {
        String id = delivery.attributes().getOrDefault(EventAttributes.ID, delivery.messageId());
        if (!known.add(topic + "/" + id)) {
            return 0;
        }
        long position = events.isEmpty() ? 1 : events.lastKey() + 1;
        events.put(position, new ArchivedEvent(position, topic, delivery, false));
        Told erased = Erasures.told(delivery.attributes());
        if (erased != null) {
            erasures.add(delivery.orderingKey(), erased);
        }
        return position;
    }

    /** As a fault of the archive would lose it. */
    public synchronized void lose(long position) {
        events.remove(position);
    }

    /** As its retention takes it. */
    public synchronized void expire(long position) {
        ArchivedEvent gone = events.remove(position);
        if (gone != null) {
            expired.add(
                    new Expired(
                            gone.topic(),
                            gone.delivery().publishTime().truncatedTo(ChronoUnit.HOURS),
                            1));
        }
    }

    @Override
    public synchronized List<Expired> expired(Set<String> topics) {
        return expired.stream().filter(one -> topics.contains(one.topic())).toList();
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
                .map(this::asKnownNow)
                .toList();
    }

    private ArchivedEvent asKnownNow(ArchivedEvent event) {
        Delivery delivery = event.delivery();
        return new ArchivedEvent(
                event.position(),
                event.topic(),
                delivery,
                erasures.withhold(delivery.orderingKey(), delivery.attributes()));
    }
}
