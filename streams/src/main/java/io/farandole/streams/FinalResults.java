package io.farandole.streams;

import java.time.Instant;

/**
 * A window store of which results are final: when the watermark is past a window's end and grace,
 * what it holds is handed over, once. A message that updates it later, where late ones do, has it
 * handed over again.
 */
public final class FinalResults<V> {

    private final WindowStore<V> windows;
    private final Timer timer;

    /** Says what a closed window holds; may remove its row. */
    @FunctionalInterface
    public interface Closing<V> {
        void close(Windowed windowed, V value, Row<V> row, Context context);
    }

    FinalResults(WindowStore<V> windows, String name, Closing<V> closing) {
        this.windows = windows;
        this.timer =
                Timer.inEventTime(
                        name,
                        (firing, touched) -> touched.update(windows.store().at(firing.key())),
                        (firing, context) -> {
                            Row<V> row = windows.store().at(firing.key());
                            V value = context.get(row);
                            if (value != null) {
                                closing.close(windows.windowed(firing.key()), value, row, context);
                            }
                        });
    }

    /** To be described beside the store. */
    public Timer timer() {
        return timer;
    }

    /** As {@link WindowStore#update}. */
    public Outcome update(
            Context context, String key, Instant time, WindowStore.Aggregator<V> aggregator) {
        return windows.update(context, key, time, aggregator, timer);
    }
}
