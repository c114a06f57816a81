package io.farandole.streams;

import io.farandole.events.Envelope;
import io.farandole.events.Event;
import io.farandole.events.Message;
import io.farandole.events.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a fold may see and do: declared rows, pinned references, saying events, entrusting long
 * work. Changes are kept in layers, so that those of a message that fails can be dropped without
 * touching its neighbours'.
 */
public final class Context {

    private final @Nullable Context below;
    private final Processor processor;
    private final Map<Row<?>, ?> loaded;
    private final Map<Reference<?>, ?> references;
    private final Map<Row<?>, Optional<Object>> changes = new HashMap<>();
    private final List<Emission> emissions = new ArrayList<>();
    private final List<Entrusted> entrusted = new ArrayList<>();
    private @Nullable Message<?> current;
    private Set<Row<?>> updatable = Set.of();
    private Set<Row<?>> readable = Set.of();

    Context(Processor processor, Map<Row<?>, ?> loaded, Map<Reference<?>, ?> references) {
        this.below = null;
        this.processor = processor;
        this.loaded = loaded;
        this.references = references;
    }

    private Context(Context below) {
        this.below = below;
        this.processor = below.processor;
        this.loaded = below.loaded;
        this.references = below.references;
    }

    /** The row's value, or null when it has none. */
    public <V> @Nullable V get(Row<V> row) {
        if (!updatable.contains(row) && !readable.contains(row)) {
            throw new IllegalStateException(
                    "row "
                            + row
                            + " of "
                            + processor.name()
                            + " is read but was not declared for this message");
        }
        Object value = find(row);
        return value == null ? null : row.store().type().cast(value);
    }

    /** The rows of a range that was declared for update, in the order of their keys. */
    public <V> List<Row<V>> rows(Store<V> store, String prefix) {
        Touched.Range<V> range = new Touched.Range<>(store, prefix);
        return updatable.stream()
                .filter(range::has)
                .map(row -> store.at(row.key()))
                .sorted(Comparator.comparing(Row::key))
                .toList();
    }

    public <V> void put(Row<V> row, V value) {
        requireUpdatable(row);
        changes.put(row, Optional.of(value));
    }

    public void remove(Row<?> row) {
        requireUpdatable(row);
        changes.put(row, Optional.empty());
    }

    /** A reference as pinned for this batch. */
    public <T> T reference(Reference<T> reference) {
        Object value = references.get(reference);
        if (value == null) {
            throw new IllegalStateException(
                    processor.name() + " does not look up " + reference.name());
        }
        return reference.type().cast(value);
    }

    /** Says an event that happened when the input did. */
    public <F extends Event> void say(Topic<F> topic, F event) {
        Message<?> input = input();
        say(topic, event, input.envelope().time());
    }

    public <F extends Event> void say(Topic<F> topic, F event, Instant time) {
        processor.requireSink(topic);
        Message<?> input = input();
        emissions.add(new Emission(input, Voice.FOLD, saidBecauseOf(input), topic, event, time));
    }

    /**
     * Queues the current message, whole, for this work; it is performed after the commit. To
     * entrust it twice is to entrust it once.
     */
    public void entrust(Work<?> work) {
        if (!processor.works().contains(work)) {
            throw new IllegalStateException(
                    processor.name() + " does not declare that it does " + work.name());
        }
        Entrusted one = new Entrusted(input(), work);
        if (!isEntrusted(one)) {
            entrusted.add(one);
        }
    }

    /** A layer above this one, whose changes are dropped unless {@link #absorb absorbed}. */
    Context layer() {
        return new Context(this);
    }

    /** Takes over what the layer above changed and said. */
    void absorb(Context above) {
        changes.putAll(above.changes);
        emissions.addAll(above.emissions);
        entrusted.addAll(above.entrusted);
    }

    void turnTo(Message<?> message, Touched touched) {
        current = message;
        updatable = touched.updated();
        readable = touched.read();
    }

    Map<Row<?>, Optional<Object>> changes() {
        return changes;
    }

    List<Emission> emissions() {
        return emissions;
    }

    List<Entrusted> entrusted() {
        return entrusted;
    }

    // A message's own layer, and the one of its subject when that is settled.
    private boolean isEntrusted(Entrusted one) {
        for (Context layer = this; layer != null; layer = layer.below) {
            if (layer.entrusted.contains(one)) {
                return true;
            }
        }
        return false;
    }

    private Message<?> input() {
        if (current == null) {
            throw new IllegalStateException("nothing is being folded");
        }
        return current;
    }

    // An input says things in its own layer and, when its subject is settled, in the one below:
    // never elsewhere.
    private int saidBecauseOf(Message<?> input) {
        int said = 0;
        for (Emission emission : emissions) {
            Envelope other = emission.input().envelope();
            if (other.id().equals(input.envelope().id())
                    && other.source().equals(input.envelope().source())) {
                said++;
            }
        }
        return said;
    }

    private @Nullable Object find(Row<?> row) {
        for (Context layer = this; layer != null; layer = layer.below) {
            Optional<Object> change = layer.changes.get(row);
            if (change != null) {
                return change.orElse(null);
            }
        }
        return loaded.get(row);
    }

    private void requireUpdatable(Row<?> row) {
        if (!updatable.contains(row)) {
            throw new IllegalStateException(
                    "row "
                            + row
                            + " of "
                            + processor.name()
                            + " is written but was not declared for update");
        }
    }
}
