package io.farandole.streams.joins;

import io.farandole.events.Event;
import io.farandole.events.Message;
import io.farandole.events.Topic;
import io.farandole.streams.Context;
import io.farandole.streams.Firing;
import io.farandole.streams.JoinWindows;
import io.farandole.streams.Outcome;
import io.farandole.streams.Row;
import io.farandole.streams.Source;
import io.farandole.streams.Store;
import io.farandole.streams.Timer;
import io.farandole.streams.Touched;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Messages of two topics with the same key that happened close together: each pair is joined once,
 * by the one of them that is heard second. What may still find its like is kept as a row {@code
 * <key>|<time>|<id>}, and removed by a timer in event time. Described with both sources, both
 * stores and both timers.
 */
public final class StreamStreamJoin<L extends Event, R extends Event, A, B> {

    private static final char BAR = '|';

    /** A difference's end is still within it: what is kept until then goes right behind it. */
    private static final Duration INSTANT = Duration.of(1, ChronoUnit.MICROS);

    private final JoinWindows windows;
    private final Side<L, A> left;
    private final Side<R, B> right;
    private final Timer leftExpiry;
    private final Timer rightExpiry;
    private final Joiner<A, B> joiner;

    /**
     * One of the two streams.
     *
     * @param store keeps what waits for its like; its name is also its timer's
     * @param key null for an event that is not joined
     * @param value what is kept of a message
     */
    public record Side<E extends Event, V>(
            Topic<E> topic, Store<V> store, Table.Key<E> key, Function<Message<E>, V> value) {

        public static <E extends Event, V> Side<E, V> of(
                Topic<E> topic,
                String store,
                Class<V> type,
                JoinWindows windows,
                Table.Key<E> key,
                Function<Message<E>, V> value) {
            return new Side<>(topic, new Store<>(store, type, windows), key, value);
        }
    }

    /** What comes of a pair. */
    @FunctionalInterface
    public interface Joiner<A, B> {

        /**
         * @param at when the later of the two happened
         */
        void join(String key, A left, B right, Instant at, Context context);
    }

    public StreamStreamJoin(
            JoinWindows windows, Side<L, A> left, Side<R, B> right, Joiner<A, B> joiner) {
        this.windows = windows;
        this.left = left;
        this.right = right;
        this.leftExpiry = expiry(left.store());
        this.rightExpiry = expiry(right.store());
        this.joiner = joiner;
    }

    public Source<L> leftSource() {
        return source(
                left,
                leftExpiry,
                right,
                (key, mine, other, at, context) -> joiner.join(key, mine, other, at, context));
    }

    public Source<R> rightSource() {
        return source(
                right,
                rightExpiry,
                left,
                (key, mine, other, at, context) -> joiner.join(key, other, mine, at, context));
    }

    public List<Store<?>> stores() {
        return List.of(left.store(), right.store());
    }

    public List<Timer> timers() {
        return List.of(leftExpiry, rightExpiry);
    }

    private <E extends Event, M, O> Source<E> source(
            Side<E, M> mine, Timer expiry, Side<?, O> other, Joiner<M, O> pair) {
        return Source.of(
                mine.topic(),
                (message, touched) -> {
                    String key = mine.key().of(message.event());
                    if (key != null) {
                        touched.update(guard(key))
                                .update(row(mine, key, message))
                                .updateAll(other.store(), key + BAR);
                    }
                },
                (message, context) -> {
                    String key = mine.key().of(message.event());
                    return key == null
                            ? Outcome.APPLIED
                            : meet(key, mine, message, expiry, other, pair, context);
                });
    }

    private <E extends Event, M, O> Outcome meet(
            String key,
            Side<E, M> mine,
            Message<E> message,
            Timer expiry,
            Side<?, O> other,
            Joiner<M, O> pair,
            Context context) {
        Instant time = message.envelope().time();
        if (context.watermark().isAfter(time.plus(windows.difference()).plus(windows.grace()))) {
            return windows.late(key);
        }
        M value = mine.value().apply(message);
        for (Row<O> row : context.rows(other.store(), key + BAR)) {
            O candidate = context.get(row);
            Instant its = timeOf(row, key);
            if (candidate != null && its != null && isNear(time, its)) {
                pair.join(key, value, candidate, its.isAfter(time) ? its : time, context);
            }
        }
        Row<M> row = row(mine, key, message);
        context.put(row, value);
        context.schedule(expiry, row.key(), time.plus(kept()).plus(INSTANT));
        return Outcome.APPLIED;
    }

    // For as long as the last that it could be joined with, one difference later, is not late.
    private Duration kept() {
        return windows.difference().multipliedBy(2).plus(windows.grace());
    }

    private boolean isNear(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(windows.difference()) <= 0;
    }

    // Under the guard too: whoever joins has read the watermark under it.
    private Timer expiry(Store<?> store) {
        return Timer.inEventTime(
                store.name(),
                (firing, touched) -> declare(firing, store, touched),
                (firing, context) -> context.remove(store.at(firing.key())));
    }

    private void declare(Firing firing, Store<?> store, Touched touched) {
        String key = firing.key();
        int time = key.lastIndexOf(BAR, key.lastIndexOf(BAR) - 1);
        touched.update(guard(key.substring(0, time))).update(store.at(key));
    }

    /** Locked by everybody who looks for a pair of this key; it never has a value. */
    private Row<A> guard(String key) {
        return left.store().at(key + BAR);
    }

    private static <E extends Event, V> Row<V> row(
            Side<E, V> side, String key, Message<E> message) {
        return side.store()
                .at(key + BAR + message.envelope().time() + BAR + message.envelope().id());
    }

    /** Null for a row of another key, which begins as this one does, and for the guard. */
    private static @Nullable Instant timeOf(Row<?> row, String key) {
        String behind = row.key().substring(key.length() + 1);
        int bar = behind.indexOf(BAR);
        return bar < 0 || bar != behind.lastIndexOf(BAR)
                ? null
                : Instant.parse(behind.substring(0, bar));
    }
}
