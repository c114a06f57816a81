package io.farandole.streams;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keyed state by window: a row {@code <key>|<number of the window>} for each window in which
 * something happened to a key.
 */
public record WindowStore<V>(Store<V> store, TimeWindows windows) {

    private static final char BAR = '|';

    /** Adds a message to what a window holds. */
    @FunctionalInterface
    public interface Aggregator<V> {
        V add(Windowed windowed, @Nullable V had);
    }

    public static <V> WindowStore<V> of(String name, Class<V> type, TimeWindows windows) {
        return new WindowStore<>(new Store<>(name, type, windows), windows);
    }

    public Row<V> at(String key, Window window) {
        return store.at(key + BAR + windows.numberOf(window));
    }

    /** The rows of the windows that this time is in, for update. */
    public void declare(Touched touched, String key, Instant time) {
        windows.windowsOf(time).forEach(window -> touched.update(at(key, window)));
    }

    /**
     * Adds to each window of this time that is open; to all of them where late messages update.
     *
     * @return applied; late if all of them are closed
     */
    public Outcome update(Context context, String key, Instant time, Aggregator<V> aggregator) {
        return update(context, key, time, aggregator, null);
    }

    /** What a window holds when it closes is said then, once, by a timer. */
    public FinalResults<V> untilWindowCloses(String timer, FinalResults.Closing<V> closing) {
        return new FinalResults<>(this, timer, closing);
    }

    Outcome update(
            Context context,
            String key,
            Instant time,
            Aggregator<V> aggregator,
            @Nullable Timer closing) {
        boolean updated = false;
        for (Window window : windows.windowsOf(time)) {
            Instant closes = windows.closes(window);
            if (!store.readsWatermark() || context.watermark().isBefore(closes)) {
                Row<V> row = at(key, window);
                context.put(row, aggregator.add(new Windowed(key, window), context.get(row)));
                if (closing != null) {
                    context.schedule(closing, row.key(), closes);
                }
                updated = true;
            }
        }
        return updated ? Outcome.APPLIED : windows.late(key);
    }

    /** The key and the window of a row. */
    Windowed windowed(String rowKey) {
        int bar = rowKey.lastIndexOf(BAR);
        long number = Long.parseLong(rowKey.substring(bar + 1));
        return new Windowed(rowKey.substring(0, bar), windows.window(number));
    }
}
