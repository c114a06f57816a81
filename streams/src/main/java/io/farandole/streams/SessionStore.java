package io.farandole.streams;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keyed state by session: a row {@code <key>|<start>} a session. A message locks all sessions of
 * its key; where a key has many, let a timer remove those that are closed.
 *
 * @param merger makes one session of two, from the earlier start to the later end, and does not
 *     mind which comes first
 */
public record SessionStore<V extends Session>(
        Store<V> store, SessionWindows windows, BinaryOperator<V> merger) {

    private static final char BAR = '|';

    public static <V extends Session> SessionStore<V> of(
            String name, Class<V> type, SessionWindows windows, BinaryOperator<V> merger) {
        return new SessionStore<>(new Store<>(name, type, windows), windows, merger);
    }

    /** The row of a key's session that starts then. */
    public Row<V> at(String key, Instant start) {
        return store.at(prefix(key) + start);
    }

    /** All sessions of this key, and the one that may start then. */
    public void declare(Touched touched, String key, Instant time) {
        touched.update(guard(key)).update(at(key, time)).updateAll(store, prefix(key));
    }

    /** The sessions of a key that was declared, the earliest first. */
    public List<V> sessions(Context context, String key) {
        List<V> sessions = new ArrayList<>();
        for (Row<V> row : rows(context, key)) {
            V session = context.get(row);
            if (session != null) {
                sessions.add(session);
            }
        }
        sessions.sort((one, other) -> one.start().compareTo(other.start()));
        return sessions;
    }

    /**
     * Adds a message: merges the session that it alone makes with those that are within the gap.
     *
     * @param alone starts and ends when the message happened
     * @return applied; late if the session that would come of it is closed, and late ones do not
     *     update
     */
    public Outcome update(Context context, String key, V alone) {
        return update(context, key, alone, null);
    }

    /** What a session holds when it closes is said then, by a timer. */
    public FinalSessions<V> untilSessionCloses(String timer, FinalSessions.Closing<V> closing) {
        return new FinalSessions<>(this, timer, closing);
    }

    Outcome update(Context context, String key, V alone, @Nullable Timer closing) {
        V merged = alone;
        List<Row<V>> near = new ArrayList<>();
        for (Row<V> row : rows(context, key)) {
            V session = context.get(row);
            if (session != null && areWithinGap(session, alone)) {
                merged = merger.apply(session, merged);
                near.add(row);
            }
        }
        Instant closes = closes(merged);
        if (store.readsWatermark() && !context.watermark().isBefore(closes)) {
            return windows.late(key);
        }
        Row<V> row = at(key, merged.start());
        near.remove(row);
        for (Row<V> swallowed : near) {
            context.remove(swallowed);
            if (closing != null) {
                context.cancel(closing, swallowed.key());
            }
        }
        context.put(row, merged);
        if (closing != null) {
            context.schedule(closing, row.key(), closes);
        }
        return Outcome.APPLIED;
    }

    /** The watermark at which a session closes: nothing that is in time can join it any more. */
    Instant closes(V session) {
        return session.end().plus(windows.gap()).plus(windows.grace());
    }

    /** Locked by whoever makes or closes a session of this key; it never has a value. */
    Row<V> guard(String key) {
        return store.at(prefix(key));
    }

    static String keyOf(String rowKey) {
        return rowKey.substring(0, rowKey.lastIndexOf(BAR));
    }

    // Sessions of "a|b" begin as those of "a" do; a start has no bar.
    private List<Row<V>> rows(Context context, String key) {
        String prefix = prefix(key);
        return context.rows(store, prefix).stream()
                .filter(row -> row.key().indexOf(BAR, prefix.length()) < 0)
                .toList();
    }

    private boolean areWithinGap(V one, V other) {
        return one.start().isBefore(other.end().plus(windows.gap()))
                && other.start().isBefore(one.end().plus(windows.gap()));
    }

    private static String prefix(String key) {
        return key + BAR;
    }
}
