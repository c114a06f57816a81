package io.farandole.streams.joins;

import io.farandole.events.Event;
import io.farandole.events.Message;
import io.farandole.events.Topic;
import io.farandole.streams.Context;
import io.farandole.streams.Declaring;
import io.farandole.streams.Joining;
import io.farandole.streams.Outcome;
import io.farandole.streams.Row;
import io.farandole.streams.Source;
import io.farandole.streams.Store;
import io.farandole.streams.Touched;
import org.jspecify.annotations.Nullable;

/**
 * Each message of a stream meets the row that its key names in a table, as that row was last
 * committed when the message is folded: the table's later changes do not come back to it. The key
 * may be a foreign one.
 */
public final class StreamTableJoin {

    private StreamTableJoin() {}

    /** What comes of a message and its row. */
    @FunctionalInterface
    public interface Joiner<E extends Event, V> {
        Outcome join(Message<E> message, V row, Context context);
    }

    /** What comes of a message and its row, which may not be there. */
    @FunctionalInterface
    public interface LeftJoiner<E extends Event, V> {
        Outcome join(Message<E> message, @Nullable V row, Context context);
    }

    /**
     * A message whose row is not there yet waits for it; one without a key is applied to nothing.
     *
     * @param rows what else the joiner touches
     */
    public static <E extends Event, V> Source<E> inner(
            Topic<E> stream,
            Store<V> table,
            Table.Key<E> key,
            Declaring<E> rows,
            Joiner<E, V> joiner) {
        Source<E> source =
                left(
                        stream,
                        table,
                        key,
                        rows,
                        (message, row, context) -> {
                            String its = key.of(message.event());
                            if (its == null) {
                                return Outcome.APPLIED;
                            }
                            return row == null
                                    ? new Outcome.Waiting(
                                            "no " + table.name() + " " + its + " yet",
                                            table.at(its))
                                    : joiner.join(message, row, context);
                        });
        return source.joinedWith(new Joining(Joining.Kind.STREAM_TABLE, table.name()));
    }

    /**
     * A message whose row is not there, or that has no key, is joined with nothing.
     *
     * @param rows what else the joiner touches
     */
    public static <E extends Event, V> Source<E> left(
            Topic<E> stream,
            Store<V> table,
            Table.Key<E> key,
            Declaring<E> rows,
            LeftJoiner<E, V> joiner) {
        return Source.of(
                        stream,
                        (message, touched) -> {
                            declare(table, key.of(message.event()), touched);
                            rows.declare(message, touched);
                        },
                        (message, context) -> {
                            String its = key.of(message.event());
                            Row<V> row = its == null ? null : table.at(its);
                            return joiner.join(
                                    message, row == null ? null : context.get(row), context);
                        })
                .joinedWith(new Joining(Joining.Kind.LEFT_STREAM_TABLE, table.name()));
    }

    private static void declare(Store<?> table, @Nullable String key, Touched touched) {
        if (key != null) {
            touched.read(table.at(key));
        }
    }
}
