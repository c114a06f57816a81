package io.farandole.streams.joins;

import io.farandole.events.Event;
import io.farandole.events.Message;
import io.farandole.streams.Context;
import io.farandole.streams.Joining;
import io.farandole.streams.Outcome;
import io.farandole.streams.Source;
import io.farandole.streams.Store;
import org.jspecify.annotations.Nullable;

/**
 * Two tables of the same keys, and a third of what comes of them: rewritten whenever a row of
 * either changes. All three stores are described beside {@link #leftSource} and {@link
 * #rightSource}.
 */
public record TableTableJoin<
        L extends Event, R extends Event, A extends Telling, B extends Telling, V>(
        Table<L, A> left, Table<R, B> right, Store<V> result, Joiner<A, B, V> joiner) {

    /** What comes of a key's two rows. */
    @FunctionalInterface
    public interface Joiner<A, B, V> {

        /**
         * @param left null while it is not there
         * @param right null while it is not there
         * @return null if nothing comes of them
         */
        @Nullable V join(@Nullable A left, @Nullable B right);
    }

    public Source<L> leftSource() {
        return source(left, right);
    }

    public Source<R> rightSource() {
        return source(right, left);
    }

    // All three rows for update: of two changes at the same time, one sees the other.
    private <E extends Event> Source<E> source(Table<E, ?> changed, Table<?, ?> other) {
        return Source.of(
                        changed.topic(),
                        (message, touched) -> {
                            String key = changed.key().of(message.event());
                            if (key != null) {
                                touched.update(left.store().at(key))
                                        .update(right.store().at(key))
                                        .update(result.at(key));
                            }
                        },
                        (message, context) -> {
                            rewrite(changed, message, context);
                            return Outcome.APPLIED;
                        })
                .joinedWith(new Joining(Joining.Kind.TABLE_TABLE, other.store().name()));
    }

    private <E extends Event> void rewrite(
            Table<E, ?> changed, Message<E> message, Context context) {
        String key = changed.key().of(message.event());
        if (key == null || !changed.isTold(message, context)) {
            return;
        }
        V joined =
                joiner.join(context.get(left.store().at(key)), context.get(right.store().at(key)));
        if (joined == null) {
            context.remove(result.at(key));
        } else {
            context.put(result.at(key), joined);
        }
    }
}
