package io.farandole.streams;

/**
 * Keyed state of one processor: a table {@code <processor>.<name>} with a row a key, whose value is
 * a record kept as JSON. Nobody else writes it; others may read it.
 *
 * @param name lower case, as a table is named
 * @param type the record that a value is
 */
public record Store<V>(String name, Class<V> type) {

    public Row<V> at(String key) {
        return new Row<>(this, key);
    }
}
