package io.farandole.streams;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a message needs, declared before it is folded, so that they can be locked in one
 * order.
 */
public final class Touched {

    private final Set<Row<?>> updated = new LinkedHashSet<>();
    private final Set<Row<?>> read = new LinkedHashSet<>();
    private final Set<Range<?>> ranges = new LinkedHashSet<>();
    private @Nullable Throwable trouble;

    /** The rows of a store whose keys begin alike. */
    public record Range<V>(Store<V> store, String prefix) {

        /** Whether the row is in this range. */
        public boolean has(Row<?> row) {
            return row.store().equals(store) && row.key().startsWith(prefix);
        }
    }

    /** The fold may read and write this row: it is created if missing, and locked. */
    public Touched update(Row<?> row) {
        updated.add(row);
        return this;
    }

    /**
     * The fold may read and write all rows whose keys begin so: those that are there are found and
     * locked after all other rows. Declare a row for update that everybody who makes such rows
     * declares too, or one may appear unseen.
     */
    public Touched updateAll(Store<?> store, String prefix) {
        ranges.add(new Range<>(store, prefix));
        return this;
    }

    /** The fold only reads this row, as last committed: not locked, and perhaps not there. */
    public Touched read(Row<?> row) {
        read.add(row);
        return this;
    }

    /** The declaring itself failed: the message fails when it is folded, and touches nothing. */
    static Touched failed(Throwable trouble) {
        Touched touched = new Touched();
        touched.trouble = trouble;
        return touched;
    }

    @Nullable Throwable trouble() {
        return trouble;
    }

    public Set<Row<?>> updated() {
        return updated;
    }

    public Set<Row<?>> read() {
        return read;
    }

    public Set<Range<?>> ranges() {
        return ranges;
    }
}
