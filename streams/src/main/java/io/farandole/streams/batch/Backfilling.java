package io.farandole.streams.batch;

import io.farandole.events.Event;
import io.farandole.streams.ArchivedEvent;
import io.farandole.streams.ArchivedEvents.Expired;
import io.farandole.streams.BatchFold;
import io.farandole.streams.Source;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fills a generation from the archive: by the same fold as what is delivered, in batches with which
 * the position moves. Whoever is killed goes on, or lets another go on, where the last commit was.
 */
public final class Backfilling {

    private static final String POSITIONS =
            "select topic, position from streams.backfill where generation = ?";

    // Under a number that no worker has.
    private static final String EXPIRED =
            """
            insert into streams.ledger (generation, topic, hour, worker, delivered, applied,
                duplicate, late, rejected, dead_lettered, waiting, expired)
            values (?, ?, ?, -1, 0, 0, 0, 0, 0, 0, 0, ?)
            on conflict do nothing
            """;

    private final PreparedProcessor prepared;
    private final Map<String, OfTopic<?>> topics = new HashMap<>();

    Backfilling(PreparedProcessor prepared) {
        this.prepared = prepared;
        prepared.processor()
                .sources()
                .forEach(source -> topics.put(source.topic().name(), ofTopic(source)));
    }

    /** What is made when all was read is not made with every batch. */
    private <E extends Event> OfTopic<E> ofTopic(Source<E> source) {
        return new OfTopic<>(
                prepared.processor().completion() == null ? source : source.unsettled());
    }

    /** How far each topic is applied, by its name. */
    public Map<String, Long> positions() {
        try (Connection connection = prepared.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(POSITIONS)) {
            statement.setInt(1, prepared.generation().id());
            try (ResultSet rows = statement.executeQuery()) {
                Map<String, Long> positions = new HashMap<>();
                while (rows.next()) {
                    positions.put(rows.getString(1), rows.getLong(2));
                }
                return positions;
            }
        } catch (SQLException e) {
            throw Trouble.infrastructure("reading the archive's positions", e);
        }
    }

    /**
     * Notes, before anything is read, what the archive keeps no longer: the books account for it,
     * and whoever switches to this generation is told. What was noted before stays.
     */
    public void noteExpired(List<Expired> expired) {
        Map<List<Object>, Long> events = new LinkedHashMap<>();
        expired.forEach(
                one -> events.merge(List.of(one.topic(), one.hour()), one.events(), Long::sum));
        try (Connection connection = prepared.dataSource().getConnection();
                PreparedStatement note = connection.prepareStatement(EXPIRED)) {
            for (Map.Entry<List<Object>, Long> one : events.entrySet()) {
                note.setInt(1, prepared.generation().id());
                note.setString(2, (String) one.getKey().getFirst());
                note.setObject(3, ((Instant) one.getKey().getLast()).atOffset(ZoneOffset.UTC));
                note.setLong(4, one.getValue());
                note.addBatch();
            }
            note.executeBatch();
        } catch (SQLException e) {
            throw Trouble.infrastructure("noting what the archive keeps no longer", e);
        }
    }

    /**
     * Decodes a portion of the archive, which takes about as long as applying it; by any thread,
     * also while the portion before is applied.
     */
    public Portion read(List<ArchivedEvent> events) {
        Map<String, List<ArchivedEvent>> byTopic = new LinkedHashMap<>();
        for (ArchivedEvent event : events) {
            byTopic.computeIfAbsent(event.topic(), _ -> new ArrayList<>()).add(event);
        }
        List<Part<?>> parts = new ArrayList<>(byTopic.size());
        byTopic.forEach(
                (topic, its) -> {
                    OfTopic<?> known = topics.get(topic);
                    if (known == null) {
                        throw new IllegalStateException("topic " + topic + " was not asked for");
                    }
                    parts.add(known.read(its));
                });
        return new Portion(parts, events.isEmpty() ? 0 : events.getLast().position());
    }

    /**
     * Applies a portion of the archive, topic by topic, each in order.
     *
     * @param positions how far each topic is applied; what is not beyond is left out
     * @param worker the number under which the books are kept
     * @return the positions that are reached now
     * @throws InfrastructureTrouble if the database fails, or another one reads for this generation
     *     too: then the positions are to be read again
     */
    public Map<String, Long> apply(Portion portion, Map<String, Long> positions, int worker) {
        Map<String, Long> reached = new HashMap<>(positions);
        for (Part<?> part : portion.parts) {
            String topic = part.topic().source.topic().name();
            long before = positionOf(topic, positions);
            long last = part.apply(before, worker);
            reached.put(topic, Math.max(before, last));
        }
        return reached;
    }

    /** Some of the archive's events, decoded. */
    public static final class Portion {

        private final List<Part<?>> parts;
        private final long last;

        private Portion(List<Part<?>> parts, long last) {
            this.parts = parts;
            this.last = last;
        }

        public boolean isEmpty() {
            return parts.isEmpty();
        }

        /** How many events it has. */
        public int size() {
            int size = 0;
            for (Part<?> part : parts) {
                size += part.events().size();
            }
            return size;
        }

        /** The position of its last event. */
        public long last() {
            return last;
        }
    }

    private static long positionOf(String topic, Map<String, Long> positions) {
        Long position = positions.get(topic);
        if (position == null) {
            throw new IllegalStateException(
                    "topic "
                            + topic
                            + " was not read when this generation was made: make a new one");
        }
        return position;
    }

    /** An event, decoded unless it is withheld. */
    private record Read<E extends Event>(long position, Incoming<E> incoming) {}

    /** What of a portion is of one topic. */
    private record Part<E extends Event>(Backfilling.OfTopic<E> topic, List<Read<E>> events) {

        /** The last position that it has. */
        long apply(long before, int worker) {
            topic.apply(events, before, worker);
            return events.getLast().position();
        }
    }

    /** An event in its place. */
    private record Placed<E extends Event>(long before, long position, Incoming<E> incoming) {}

    /** One topic's part. */
    private final class OfTopic<E extends Event> {

        private final Source<E> source;
        private final ReadingDeliveries<E> reading;
        private final Inbox inbox;
        private final Folding<E> folding;

        OfTopic(Source<E> source) {
            this.source = source;
            this.reading = new ReadingDeliveries<>(prepared, source, true);
            this.inbox = new Inbox(prepared.generation());
            this.folding =
                    new Folding<>(
                            prepared,
                            source,
                            new BatchFold<>(prepared.processor(), source, prepared.hanging()),
                            StateRows.owned(prepared.generation(), prepared.processor().stores()));
        }

        Part<E> read(List<ArchivedEvent> events) {
            Instant now = prepared.clock().instant();
            List<Read<E>> read = new ArrayList<>(events.size());
            for (ArchivedEvent event : events) {
                read.add(
                        new Read<>(
                                event.position(),
                                event.withheld()
                                        ? reading.withheld(event.delivery(), now)
                                        : reading.read(event.delivery(), now)));
            }
            return new Part<>(this, read);
        }

        void apply(List<Read<E>> events, long before, int worker) {
            Instant now = prepared.clock().instant();
            List<Placed<E>> batch = new ArrayList<>(events.size());
            long last = before;
            for (Read<E> event : events) {
                if (event.position() > before) {
                    batch.add(new Placed<>(last, event.position(), event.incoming()));
                    last = event.position();
                }
            }
            if (batch.isEmpty()) {
                return;
            }
            Receipt _ =
                    new Isolating<Placed<E>>(
                                    part -> hear(part, now, worker),
                                    (one, failure) -> bury(one, failure, now, worker))
                            .apply(batch);
        }

        private Receipt hear(List<Placed<E>> part, Instant now, int worker) throws SQLException {
            Pinned pinned = prepared.references().pin(source.freshReferences());
            ArchivePlace place = place(part, now);
            try (Heard<E> heard = new Heard<>(prepared, source, inbox, worker, pinned, place)) {
                List<Incoming<E>> fresh = heard.claim(incoming(part));
                folding.fold(heard.transaction(), fresh, pinned.values(), heard);
                return heard.commit();
            }
        }

        private Receipt bury(Placed<E> one, Throwable failure, Instant now, int worker)
                throws SQLException {
            List<Placed<E>> part = List.of(one);
            try (Heard<E> heard =
                    new Heard<>(
                            prepared, source, inbox, worker, Pinned.NOTHING, place(part, now))) {
                heard.claim(incoming(part))
                        .forEach(fresh -> heard.misfortune(fresh, Misfortune.poison(failure)));
                return heard.commit();
            }
        }

        private ArchivePlace place(List<Placed<E>> part, Instant now) {
            long withheld = part.stream().filter(one -> one.incoming().isWithheld()).count();
            return new ArchivePlace(
                    prepared.generation(),
                    source.topic().name(),
                    part.getFirst().before(),
                    part.getFirst().position(),
                    part.getLast().position(),
                    part.size(),
                    withheld,
                    prepared.remembersFrom(now));
        }

        private List<Incoming<E>> incoming(List<Placed<E>> part) {
            return part.stream().map(Placed::incoming).toList();
        }
    }
}
