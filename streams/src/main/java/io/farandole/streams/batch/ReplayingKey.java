package io.farandole.streams.batch;

import io.farandole.events.Event;
import io.farandole.events.Message;
import io.farandole.streams.ArchivedEvent;
import io.farandole.streams.ArchivedEvents;
import io.farandole.streams.ArchivedEvents.Wanted;
import io.farandole.streams.BatchFold;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Reference;
import io.farandole.streams.Row;
import io.farandole.streams.Source;
import io.farandole.streams.Touched;
import io.farandole.streams.batch.Incoming.Foldable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Computes the rows of one key anew, from its events in the archive, and compares them with those
 * of a generation. Rows that events of other keys touch too cannot be computed so: they are found
 * by looking at all events, and only named.
 */
public final class ReplayingKey {

    private static final int PORTION = 500;

    private final PreparedProcessor prepared;
    private final ArchivedEvents archive;
    private final Map<String, OfTopic<?>> topics = new LinkedHashMap<>();

    /**
     * @param prepared the generation to compare with
     */
    public ReplayingKey(PreparedProcessor prepared, ArchivedEvents archive) {
        this.prepared = prepared;
        this.archive = archive;
        prepared.processor()
                .sources()
                .forEach(source -> topics.put(source.topic().name(), new OfTopic<>(source)));
    }

    /**
     * What came of it.
     *
     * @param events of this key in the archive
     * @param withheld for its user asked to be forgotten since
     * @param unapplied those that wait for something, or that the fold refused or failed on
     * @param rows all that these events touch
     * @param applied how many rows were changed
     */
    public record Replayed(
            String processor,
            int generation,
            String key,
            long events,
            long withheld,
            long unapplied,
            List<ReplayedRow> rows,
            int applied) {}

    /**
     * One row, as it is and as it would be.
     *
     * @param shared events of other keys touch it too: what was computed is a part of it
     */
    public record ReplayedRow(
            String store,
            String row,
            boolean shared,
            boolean same,
            @Nullable JsonNode live,
            @Nullable JsonNode replayed) {}

    /**
     * Replays a key.
     *
     * @param apply to write the rows that are this key's alone, and differ
     * @throws IOException if the archive cannot be read
     * @throws IllegalStateException if there is nothing, or it cannot be written, saying why
     */
    public Replayed replay(String key, boolean apply) throws IOException {
        requireNoTimeOfOthers();
        Memory memory = new Memory(prepared.references().pin(true).values());
        KeyEvents events = new KeyEvents(prepared, key);
        read(key, portion -> fold(portion, events, memory));
        if (events.count() == 0) {
            throw new IllegalStateException(
                    "the archive has no event of "
                            + key
                            + " on "
                            + String.join(", ", topics.keySet())
                            + ": a key is an ordering key, such as user:42");
        }
        memory.retryWaiting();
        markShared(key, memory);
        KeyRows rows = new KeyRows(prepared, memory.values, memory.touched, memory.shared);
        int applied = apply ? rows.write(events) : 0;
        return new Replayed(
                prepared.processor().name(),
                prepared.generation().number(),
                key,
                events.count(),
                events.withheld(),
                memory.unapplied(),
                rows.compare(),
                applied);
    }

    // What closes its windows and fires its timers is the event time of all keys.
    private void requireNoTimeOfOthers() {
        Processor processor = prepared.processor();
        if (!processor.timers().isEmpty() || processor.readsWatermark()) {
            throw new IllegalStateException(
                    processor.name()
                            + " has timers or drops what is late, which the events of all keys decide:"
                            + " rebuild it whole, with replay start "
                            + processor.name());
        }
    }

    /** Takes a portion of the archive. */
    @FunctionalInterface
    private interface Taking {
        void take(List<ArchivedEvent> portion) throws IOException;
    }

    private void read(@Nullable String key, Taking taking) throws IOException {
        long after = 0;
        while (true) {
            List<ArchivedEvent> portion =
                    archive.read(new Wanted(topics.keySet(), after, key), PORTION);
            if (portion.isEmpty()) {
                return;
            }
            after = portion.getLast().position();
            taking.take(portion);
        }
    }

    private void fold(List<ArchivedEvent> portion, KeyEvents events, Memory memory) {
        Map<String, List<ArchivedEvent>> byTopic = new LinkedHashMap<>();
        for (ArchivedEvent event : portion) {
            events.add(event);
            if (!event.withheld()) {
                byTopic.computeIfAbsent(event.topic(), _ -> new ArrayList<>()).add(event);
            }
        }
        byTopic.forEach((topic, its) -> of(topic).fold(its, memory));
    }

    private void markShared(String key, Memory memory) throws IOException {
        read(
                null,
                portion -> {
                    for (ArchivedEvent event : portion) {
                        if (!event.delivery().orderingKey().equals(key) && !event.withheld()) {
                            of(event.topic()).markShared(event, memory);
                        }
                    }
                });
    }

    private OfTopic<?> of(String topic) {
        OfTopic<?> its = topics.get(topic);
        if (its == null) {
            throw new IllegalStateException("topic " + topic + " was not asked for");
        }
        return its;
    }

    /** The rows of this replay, which nobody else sees. */
    private static final class Memory {

        private final Map<Reference<?>, Object> references;
        private final Map<Row<?>, Object> values = new HashMap<>();
        private final Set<Row<?>> touched = new HashSet<>();
        private final Set<Row<?>> shared = new HashSet<>();
        private final List<Runnable> waiting = new ArrayList<>();
        private long refused;

        Memory(Map<Reference<?>, Object> references) {
            this.references = references;
        }

        // What waited for a row that came later finds it now; what waits on is counted.
        void retryWaiting() {
            List<Runnable> all = List.copyOf(waiting);
            waiting.clear();
            all.forEach(Runnable::run);
        }

        long unapplied() {
            return refused + waiting.size();
        }

        <E extends Event> BatchFold.Result fold(BatchFold<E> batchFold, List<Message<E>> messages) {
            List<Touched> declared = batchFold.declare(messages);
            for (Touched one : declared) {
                for (Touched.Range<?> range : one.ranges()) {
                    values.keySet().stream().filter(range::has).toList().forEach(one::update);
                }
                touched.addAll(one.updated());
            }
            BatchFold.Result result = batchFold.fold(messages, declared, values, references, null);
            result.changes()
                    .forEach(
                            (row, change) -> {
                                if (change.isPresent()) {
                                    values.put(row, kept(row, change.get()));
                                } else {
                                    values.remove(row);
                                }
                            });
            return result;
        }

        /** As it would be read back. */
        private static Object kept(Row<?> row, Object value) {
            return Values.JSON.readValue(Values.JSON.writeValueAsString(value), row.store().type());
        }
    }

    /** One topic's part. */
    private final class OfTopic<E extends Event> {

        private final ReadingDeliveries<E> reading;
        private final BatchFold<E> batchFold;

        OfTopic(Source<E> source) {
            this.reading = new ReadingDeliveries<>(prepared, source, true);
            this.batchFold = new BatchFold<>(prepared.processor(), source);
        }

        void fold(List<ArchivedEvent> events, Memory memory) {
            List<Message<E>> messages = new ArrayList<>();
            for (ArchivedEvent event : events) {
                Message<E> message = message(event);
                if (message == null) {
                    memory.refused++;
                } else {
                    messages.add(message);
                }
            }
            foldAll(messages, memory);
        }

        private void foldAll(List<Message<E>> messages, Memory memory) {
            if (messages.isEmpty()) {
                return;
            }
            List<Outcome> outcomes = memory.fold(batchFold, messages).outcomes();
            for (int i = 0; i < outcomes.size(); i++) {
                Message<E> message = messages.get(i);
                switch (outcomes.get(i)) {
                    case Outcome.Applied() -> {}
                    case Outcome.Waiting _ ->
                            memory.waiting.add(() -> foldAll(List.of(message), memory));
                    default -> memory.refused++;
                }
            }
        }

        void markShared(ArchivedEvent event, Memory memory) {
            Message<E> message = message(event);
            if (message == null) {
                return;
            }
            for (Touched one : batchFold.declare(List.of(message))) {
                one.updated().stream().filter(memory.touched::contains).forEach(memory.shared::add);
                for (Touched.Range<?> range : one.ranges()) {
                    memory.touched.stream().filter(range::has).forEach(memory.shared::add);
                }
            }
        }

        private @Nullable Message<E> message(ArchivedEvent event) {
            return reading.read(event.delivery(), prepared.clock().instant()).reading()
                            instanceof Foldable<E>(Message<E> message)
                    ? message
                    : null;
        }
    }
}
