package io.farandole.streams.testing;

import io.farandole.events.Event;
import io.farandole.events.Message;
import io.farandole.events.Topic;
import io.farandole.streams.Completion;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Reference;
import io.farandole.streams.Row;
import io.farandole.streams.Source;
import io.farandole.streams.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs a processor's description in memory, synchronously: pipe events in, read its rows and what
 * it said. Inbox, steps, folding, ids and sequences are those of the real runner; broker, database
 * and clock are not there. Every message goes through the codec and every row through JSON.
 *
 * <pre>{@code
 * ProcessorDriver driver = ProcessorDriver.of(popularity);
 * driver.pipe(TopicCatalogue.ACTIVITY, new Rated(user, item, offer, 5), noon);
 * assertThat(driver.row(windows.at("movie-1|705"))).isNotNull();
 * }</pre>
 */
public final class ProcessorDriver {

    private final Processor processor;
    private final Map<Reference<?>, Object> references;
    private final InMemoryState state;
    private final Intake intake;
    private final List<Arrival<?>> history = new ArrayList<>();
    private final MadeMessages made = new MadeMessages();

    private ProcessorDriver(Processor processor, Map<Reference<?>, Object> references) {
        this.processor = processor;
        this.references = references;
        this.state = new InMemoryState(processor, references);
        this.intake = new Intake(state);
    }

    public static ProcessorDriver of(Processor processor) {
        return new ProcessorDriver(processor, new HashMap<>());
    }

    /** From now on the processor finds this value when it looks the reference up. */
    public <T> ProcessorDriver pin(Reference<T> reference, T value) {
        references.put(reference, value);
        return this;
    }

    /** Pipes an event that was published when it happened. */
    public <E extends Event> Optional<Outcome> pipe(Topic<E> topic, E event, Instant at) {
        return pipe(topic, event, at, at);
    }

    /** Pipes an event that happened at one time and was published at another. */
    public <E extends Event> Optional<Outcome> pipe(
            Topic<E> topic, E event, Instant at, Instant published) {
        return pipe(topic, made.message(topic, event, at, published));
    }

    /**
     * Pipes a message, in a batch of its own.
     *
     * @return what became of it; empty if it was a duplicate
     */
    public <E extends Event> Optional<Outcome> pipe(Topic<E> topic, Message<E> message) {
        return pipeTogether(topic, List.of(message)).getFirst();
    }

    /** Pipes messages in one micro-batch. */
    public <E extends Event> List<Optional<Outcome>> pipeTogether(
            Topic<E> topic, List<Message<E>> messages) {
        Source<E> source = source(topic);
        List<Arrival<E>> arrivals =
                messages.stream()
                        .map(message -> new Arrival<>(source, RoundTrip.of(message, topic)))
                        .toList();
        history.addAll(arrivals);
        return intake.deliver(source, arrivals);
    }

    /** Delivers everything once more, as a broker may. */
    public ProcessorDriver duplicate() {
        return redeliverFrom(0);
    }

    /** Delivers once more what was piped as number {@code first}, from 0, and all after it. */
    public ProcessorDriver redeliverFrom(int first) {
        List.copyOf(history.subList(first, history.size()))
                .forEach(arrival -> intake.deliverAlone(arrival));
        return this;
    }

    /** Another driver, to which the same messages came in another order. */
    public ProcessorDriver permute(long seed) {
        List<Arrival<?>> order = new ArrayList<>(history);
        Collections.shuffle(order, new Random(seed));
        return again(order, 1);
    }

    /** Another driver, to which the same messages came in batches of these sizes, over and over. */
    public ProcessorDriver inBatchesOf(int... sizes) {
        return again(history, sizes);
    }

    /** Tries those again that wait, in the order in which they came. */
    public ProcessorDriver retryWaiting() {
        intake.retryWaiting();
        return this;
    }

    /**
     * Tries what failed again, as after a fix, and then what waits: in the order in which it came,
     * and what is parked behind what failed too.
     */
    public ProcessorDriver redrive() {
        intake.redrive();
        return this;
    }

    /** Makes what is made when an archive was read to its end. */
    public ProcessorDriver complete() {
        Completion completion = processor.completion();
        if (completion == null) {
            throw new IllegalStateException(processor.name() + " makes nothing then");
        }
        state.complete(completion);
        return this;
    }

    /**
     * Performs all work that is queued, as if it ended when its messages happened; see {@link
     * #performWork(Instant)}.
     */
    public ProcessorDriver performWork() {
        state.work.perform(processor, state.spoken, null);
        return this;
    }

    /**
     * Performs all work that is queued, in order, and says what comes of it. What fails is tried
     * again at once, as often as it may, and then given up; work that may be tried for ever stays
     * queued after one attempt.
     *
     * @param ended when all of it came to its end: the event time of what is said
     */
    public ProcessorDriver performWork(Instant ended) {
        state.work.perform(processor, state.spoken, ended);
        return this;
    }

    /** The work that is queued, in order. */
    public List<QueuedWork> queuedWork() {
        return state.work.queued();
    }

    /**
     * Moves event time on, as if something that happened then had been applied; the clock on the
     * wall is no earlier. Timers that become due fire.
     */
    public ProcessorDriver advanceEventTime(Instant to) {
        state.isPast(to);
        state.applied(to);
        state.fireDue();
        return this;
    }

    /**
     * Moves the clock on the wall on, which otherwise shows when the latest message was published.
     * Timers that become due fire; those that failed are fired again.
     */
    public ProcessorDriver advanceWallClock(Instant to) {
        state.isPast(to);
        state.fireDue();
        return this;
    }

    /** How far event time has come; null if nothing was applied. */
    public @Nullable Instant watermark() {
        return state.watermark();
    }

    /** When each timer that is set is to fire, by {@code <timer>/<key>}. */
    public SortedMap<String, Instant> timers() {
        return state.timers.times();
    }

    /** The row's value, or null when there is none. */
    public <V> @Nullable V row(Row<V> row) {
        return state.rows.find(row);
    }

    /** All rows of a store, by key. */
    public <V> SortedMap<String, V> rows(Store<V> store) {
        return state.rows.all(store);
    }

    /** What was said on a topic, in order. */
    public <E extends Event> List<Message<E>> said(Topic<E> topic) {
        return state.spoken.on(topic);
    }

    /** A message as {@link #pipe(Topic, Event, Instant)} would make it, for batches. */
    public <E extends Event> Message<E> message(Topic<E> topic, E event, Instant at) {
        return made.message(topic, event, at, at);
    }

    public Counts counts(Topic<?> topic) {
        return intake.counts(topic);
    }

    /** What the folds threw, those of timers too. */
    public List<Outcome.Failed> failures() {
        return List.copyOf(state.failures);
    }

    /**
     * Asserts that the state does not depend on how the messages came: it is folded again in the
     * same order, then in random orders, in batches of random sizes and with duplicates, and those
     * that wait are retried; each time the rows must come out the same.
     *
     * @param seed of the randomness; named when the assertion fails
     * @param stores those to compare; all when none is named
     */
    public void foldsCommute(long seed, Store<?>... stores) {
        List<Store<?>> compared = stores.length == 0 ? processor.stores() : Arrays.asList(stores);
        new Commutation(this, compared, seed).check();
    }

    String processorName() {
        return processor.name();
    }

    List<Arrival<?>> history() {
        return List.copyOf(history);
    }

    /** The rows of these stores, when nothing that waits can be applied any more. */
    SortedMap<String, String> settledImage(List<Store<?>> stores) {
        int before;
        do {
            before = intake.waiting();
            retryWaiting();
        } while (intake.waiting() < before);
        SortedMap<String, String> image = state.rows.image(stores);
        if (stores.size() == processor.stores().size()) {
            timers().forEach((name, at) -> image.put("timer " + name, at.toString()));
        }
        return image;
    }

    /** Another driver, to which these arrivals came in batches of these sizes, over and over. */
    ProcessorDriver again(List<Arrival<?>> order, int... sizes) {
        ProcessorDriver other = new ProcessorDriver(processor, new HashMap<>(references));
        int from = 0;
        for (int batch = 0; from < order.size(); batch++) {
            int to = Math.min(order.size(), from + sizes[batch % sizes.length]);
            other.takeOver(order.subList(from, to));
            from = to;
        }
        // Time may have been moved on here without a message.
        other.advanceWallClock(state.wallClock());
        Instant watermark = state.watermark();
        return watermark == null ? other : other.advanceEventTime(watermark);
    }

    // A batch is of one topic, so what comes together is parted by topic first.
    private void takeOver(List<Arrival<?>> arrivals) {
        history.addAll(arrivals);
        Map<Source<?>, List<Arrival<?>>> bySource = new LinkedHashMap<>();
        for (Arrival<?> arrival : arrivals) {
            bySource.computeIfAbsent(arrival.source(), _ -> new ArrayList<>()).add(arrival);
        }
        bySource.forEach((source, together) -> deliverAll(source, together));
    }

    private <E extends Event> void deliverAll(Source<E> source, List<Arrival<?>> arrivals) {
        List<Arrival<E>> typed = new ArrayList<>(arrivals.size());
        for (Arrival<?> arrival : arrivals) {
            typed.add(typed(arrival));
        }
        intake.deliver(source, typed);
    }

    private <E extends Event> Source<E> source(Topic<E> topic) {
        for (Source<?> source : processor.sources()) {
            if (source.topic().equals(topic)) {
                return typed(source);
            }
        }
        throw new IllegalArgumentException(processor.name() + " does not read " + topic);
    }

    // Whoever calls has seen that the source's topic is the one whose events are meant.
    @SuppressWarnings("unchecked")
    private static <E extends Event> Source<E> typed(Source<?> source) {
        return (Source<E>) source;
    }

    // An arrival that was sorted under a source came from it.
    @SuppressWarnings("unchecked")
    private static <E extends Event> Arrival<E> typed(Arrival<?> arrival) {
        return (Arrival<E>) arrival;
    }
}
