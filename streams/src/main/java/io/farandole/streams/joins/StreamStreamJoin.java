package io.farandole.streams.joins;

import io.farandole.events.Event;
import io.farandole.events.Message;
import io.farandole.events.Topic;
import io.farandole.streams.Context;
import io.farandole.streams.Firing;
import io.farandole.streams.JoinWindows;
import io.farandole.streams.Joining;
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
 * <key>|<time>|<id>}, and removed by a timer in event time. Described with both sources, all stores
 * and both timers.
 *
 * <p>A left join also tells of each message of the left stream that found nothing: once, when
 * nothing can find it any more. That is when the watermark is past its time, twice the difference
 * and the grace, for only then is the last that could have met it late.
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
    private final LeftJoiner<A, B> joiner;
    private final @Nullable LonelyRows lonely;

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

    /** What comes of a pair, or of a message of the left stream that found nothing. */
    @FunctionalInterface
    public interface LeftJoiner<A, B> {

        /**
         * @param right null if there was nothing within the difference
         * @param at when the later of the two happened, or the one did
         */
        void join(String key, A left, @Nullable B right, Instant at, Context context);
    }

    /** An inner join. */
    public StreamStreamJoin(
            JoinWindows windows, Side<L, A> left, Side<R, B> right, Joiner<A, B> joiner) {
        this(
                windows,
                left,
                right,
                (key, mine, other, at, context) -> {
                    if (other != null) {
                        joiner.join(key, mine, other, at, context);
                    }
                },
                null);
    }

    private StreamStreamJoin(
            JoinWindows windows,
            Side<L, A> left,
            Side<R, B> right,
            LeftJoiner<A, B> joiner,
            @Nullable LonelyRows lonely) {
        this.windows = windows;
        this.left = left;
        this.right = right;
        this.lonely = lonely;
        this.leftExpiry = lonely == null ? expiry(left.store()) : lonelyExpiry(lonely);
        this.rightExpiry = expiry(right.store());
        this.joiner = joiner;
    }

    /** A left join; keeps who is alone in one more store, {@code <left>_alone}. */
    public static <L extends Event, R extends Event, A, B> StreamStreamJoin<L, R, A, B> left(
            JoinWindows windows, Side<L, A> left, Side<R, B> right, LeftJoiner<A, B> joiner) {
        return new StreamStreamJoin<>(
                windows,
                left,
                right,
                joiner,
                new LonelyRows(left.store().name() + "_alone", windows));
    }

    public Source<L> leftSource() {
        return source(
                        left,
                        leftExpiry,
                        right,
                        (key, mine, other, at, context) ->
                                joiner.join(key, mine, other, at, context))
                .joinedWith(joining(right));
    }

    public Source<R> rightSource() {
        return source(
                        right,
                        rightExpiry,
                        left,
                        (key, mine, other, at, context) ->
                                joiner.join(key, other, mine, at, context))
                .joinedWith(joining(left));
    }

    public List<Store<?>> stores() {
        return lonely == null
                ? List.of(left.store(), right.store())
                : List.of(left.store(), right.store(), lonely.store());
    }

    public List<Timer> timers() {
        return List.of(leftExpiry, rightExpiry);
    }

    private Joining joining(Side<?, ?> other) {
        return new Joining(
                lonely == null ? Joining.Kind.STREAM_STREAM : Joining.Kind.LEFT_STREAM_STREAM,
                other.store().name());
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
                        declareLonely(key, row(mine, key, message).key(), mine, touched);
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
        boolean met = false;
        for (Row<O> row : context.rows(other.store(), key + BAR)) {
            O candidate = context.get(row);
            Instant its = timeOf(row, key);
            if (candidate != null && its != null && isNear(time, its)) {
                pair.join(key, value, candidate, its.isAfter(time) ? its : time, context);
                met = true;
                if (lonely != null && isLeft(other)) {
                    lonely.meets(row.key(), key + BAR, context);
                }
            }
        }
        Row<M> row = row(mine, key, message);
        context.put(row, value);
        if (lonely != null && isLeft(mine) && !met) {
            lonely.mark(row.key(), context);
        }
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

    private Timer lonelyExpiry(LonelyRows rows) {
        return Timer.inEventTime(
                left.store().name(),
                (firing, touched) -> {
                    declare(firing, left.store(), touched);
                    rows.declare(firing.key(), touched);
                },
                (firing, context) -> {
                    Row<A> row = left.store().at(firing.key());
                    String key = keyOf(firing.key());
                    Instant its = timeOf(row, key);
                    A value = context.get(row);
                    if (rows.end(firing.key(), context) && value != null && its != null) {
                        joiner.join(key, value, null, its, context);
                    }
                    context.remove(row);
                });
    }

    private boolean isLeft(Side<?, ?> side) {
        return side.store().name().equals(left.store().name());
    }

    private void declareLonely(String key, String row, Side<?, ?> mine, Touched touched) {
        if (lonely != null && isLeft(mine)) {
            lonely.declare(row, touched);
        } else if (lonely != null) {
            lonely.declareAll(key + BAR, touched);
        }
    }

    private void declare(Firing firing, Store<?> store, Touched touched) {
        touched.update(guard(keyOf(firing.key()))).update(store.at(firing.key()));
    }

    private static String keyOf(String row) {
        return row.substring(0, row.lastIndexOf(BAR, row.lastIndexOf(BAR) - 1));
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
