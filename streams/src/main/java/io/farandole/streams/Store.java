package io.farandole.streams;

import org.jspecify.annotations.Nullable;

/**
 * Keyed state of one processor: a table {@code <processor>.<name>} with a row a key, whose value is
 * a record kept as JSON. Nobody else writes it; others may read it.
 *
 * @param name lower case, as a table is named
 * @param type the record that a value is
 * @param windows the windows that its keys are in, if they are in any
 * @param sameness by what two generations of it are compared
 */
public record Store<V>(String name, Class<V> type, @Nullable Windows windows, Sameness sameness) {

    public Store(String name, Class<V> type) {
        this(name, type, null);
    }

    public Store(String name, Class<V> type, @Nullable Windows windows) {
        this(name, type, windows, Sameness.WHOLE);
    }

    /** The same, whose generations are compared by this. */
    public Store<V> sameBy(Sameness by) {
        return new Store<>(name, type, windows, by);
    }

    public Row<V> at(String key) {
        return new Row<>(this, key);
    }

    /** Whether its folds have to know how far event time has come. */
    public boolean readsWatermark() {
        return windows != null && windows.late() != LatePolicy.UPDATE;
    }
}
