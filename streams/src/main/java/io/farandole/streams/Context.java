package io.farandole.streams;

import io.farandole.events.Envelope;
import io.farandole.events.Event;
import io.farandole.events.Message;
import io.farandole.events.Topic;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
    private final Map<TimerOf, TimerChange> timers = new LinkedHashMap<>();
    private final @Nullable Instant watermark;
    private @Nullable Message<?> message;
    private @Nullable Envelope input;
    private Voice voice = Voice.FOLD;
    private Set<Row<?>> updatable = Set.of();
    private Set<Row<?>> readable = Set.of();

    private record TimerOf(String name, String key) {}

    Context(
            Processor processor,
            Map<Row<?>, ?> loaded,
            Map<Reference<?>, ?> references,
            @Nullable Instant watermark) {
        this.below = null;
        this.processor = processor;
        this.loaded = loaded;
        this.references = references;
        this.watermark = watermark;
    }

    private Context(Context below) {
        this.below = below;
        this.processor = below.processor;
        this.loaded = below.loaded;
        this.references = below.references;
        this.watermark = below.watermark;
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
        say(topic, event, input().time());
    }

    public <F extends Event> void say(Topic<F> topic, F event, Instant time) {
        processor.requireSink(topic);
        Envelope because = input();
        emissions.add(new Emission(because, voice, saidBecauseOf(because), topic, event, time));
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
        Entrusted one = new Entrusted(message(), work);
        if (!isEntrusted(one)) {
            entrusted.add(one);
        }
    }

    /**
     * Sets a timer for a key, in place of the one that is set.
     *
     * @param at in the timer's own time, to the microsecond; if it has passed, the timer fires soon
     */
    public void schedule(Timer timer, String key, Instant at) {
        change(new TimerChange(timer, key, at.truncatedTo(ChronoUnit.MICROS), input()));
    }

    /** Cancels a timer of a key, if it is set. */
    public void cancel(Timer timer, String key) {
        change(new TimerChange(timer, key, null, input()));
    }

    /**
     * The greatest event time that was applied when this batch's rows were locked, never in the
     * future: how far event time has come. The distant past if nothing was applied.
     *
     * @throws IllegalStateException if no store of this processor has windows that close
     */
    public Instant watermark() {
        if (!processor.readsWatermark()) {
            throw new IllegalStateException(
                    processor.name()
                            + " reads the watermark, but none of its stores has windows whose late"
                            + " messages are dropped or diverted");
        }
        return watermark == null ? Instant.MIN : watermark;
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
        above.timers.values().forEach(this::take);
    }

    void turnTo(Message<?> heard, Touched touched) {
        message = heard;
        turnTo(heard.envelope(), Voice.FOLD, touched);
    }

    void turnTo(DueTimer due, Touched touched) {
        message = null;
        turnTo(due.input(), Voice.of(due), touched);
    }

    /** To what no message and no timer is the reason of: nothing can be said of it. */
    void turnTo(Touched touched) {
        message = null;
        input = null;
        updatable = touched.updated();
        readable = touched.read();
    }

    private void turnTo(Envelope because, Voice by, Touched touched) {
        input = because;
        voice = by;
        updatable = touched.updated();
        readable = touched.read();
    }

    /** Whether this timer was set anew or cancelled. */
    boolean hasChanged(DueTimer due) {
        return timers.containsKey(new TimerOf(due.timer().name(), due.firing().key()));
    }

    /** What all came to. */
    BatchFold.Result result(List<Outcome> outcomes) {
        return new BatchFold.Result(
                outcomes, changes, emissions, entrusted, List.copyOf(timers.values()));
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

    private Envelope input() {
        if (input == null) {
            throw new IllegalStateException("nothing is being folded");
        }
        return input;
    }

    private Message<?> message() {
        if (message == null) {
            throw new IllegalStateException(
                    "there is no message to entrust: a timer fires, or nothing is being folded");
        }
        return message;
    }

    private void change(TimerChange change) {
        if (!processor.timers().contains(change.timer())) {
            throw new IllegalStateException(
                    processor.name() + " does not declare that it fires " + change.timer().name());
        }
        take(change);
    }

    private void take(TimerChange change) {
        timers.merge(
                new TimerOf(change.timer().name(), change.key()),
                change,
                (earlier, later) -> later.after(earlier));
    }

    // An input says things in its own layer and, when its subject is settled, in the one below:
    // never elsewhere.
    private int saidBecauseOf(Envelope because) {
        int said = 0;
        for (Emission emission : emissions) {
            Envelope other = emission.input();
            if (other.id().equals(because.id()) && other.source().equals(because.source())) {
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
