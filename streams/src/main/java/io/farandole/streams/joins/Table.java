package io.farandole.streams.joins;

import io.farandole.events.Event;
import io.farandole.events.Message;
import io.farandole.events.Topic;
import io.farandole.streams.Context;
import io.farandole.streams.Outcome;
import io.farandole.streams.Row;
import io.farandole.streams.Source;
import io.farandole.streams.Store;
import io.farandole.streams.Told;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A topic as a table: of each key, what was told last in event time, in whatever order it is heard.
 * A key that is to be there no more is a value that says so.
 *
 * @param store of this processor; described beside the sources
 * @param key of an event; null for one that is not for this table
 */
public record Table<E extends Event, V extends Telling>(
        Topic<E> topic, Store<V> store, Key<E> key, Function<Message<E>, V> value) {

    /** Says to which row an event belongs. */
    @FunctionalInterface
    public interface Key<E extends Event> {
        @Nullable String of(E event);
    }

    /** What keeps the table. */
    public Source<E> source() {
        return Source.of(
                topic,
                (message, touched) -> {
                    Row<V> row = row(message);
                    if (row != null) {
                        touched.update(row);
                    }
                },
                (message, context) -> {
                    boolean _ = isTold(message, context);
                    return Outcome.APPLIED;
                });
    }

    @Nullable Row<V> row(Message<E> message) {
        String its = key.of(message.event());
        return its == null ? null : store.at(its);
    }

    /** Keeps what is told, unless something later is known; says whether it was kept. */
    boolean isTold(Message<E> message, Context context) {
        Row<V> row = row(message);
        if (row == null) {
            return false;
        }
        V had = context.get(row);
        if (had != null && !Told.by(message).isAfter(had.told())) {
            return false;
        }
        context.put(row, value.apply(message));
        return true;
    }
}
