package io.farandole.streams.batch;

import io.farandole.streams.Row;
import io.farandole.streams.Store;
import java.util.Collection;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The statements on one store's partition. */
final class StoreStatements {

    /** A value to be written, over the version that was read. */
    record Written(long version, Object value) {}

    /** Above all that a key can go on with, as its bytes are compared. */
    private static final String BEYOND = Character.toString(Character.MAX_CODE_POINT);

    private final Store<?> store;
    private final String insert;
    private final String make;
    private final String lock;
    private final String read;
    private final String find;
    private final String update;
    private final String delete;

    /**
     * @param owned whether nobody else writes there: then nothing is locked
     */
    StoreStatements(Generation generation, Store<?> store, boolean owned) {
        this.store = store;
        Object[] names = {
            new StoreTable(generation, store).partition(),
            generation.id(),
            owned ? "limit 1" : "for update"
        };
        insert =
                """
                insert into %1$s (generation, key, version)
                select %2$d, wanted.key, 0 from unnest(?::text[]) wanted(key)
                on conflict do nothing
                """
                        .formatted(names);
        // Row by row and in the order of the keys: a lateral subquery that locks is never
        // turned into a join.
        lock =
                """
                select wanted.key, held.version, held.value
                from unnest(?::text[]) wanted(key)
                cross join lateral (
                  select value, version from %1$s
                  where key = wanted.key %3$s) held
                """
                        .formatted(names);
        read =
                """
                select wanted.key, found.value
                from unnest(?::text[]) wanted(key)
                cross join lateral (
                  select value from %1$s
                  where key = wanted.key limit 1) found
                """
                        .formatted(names);
        find =
                """
                select key from %1$s
                where key >= ? and key < ? order by key
                """
                        .formatted(names);
        update =
                """
                update %1$s row set value = written.value::jsonb, version = row.version + 1
                from unnest(?::text[], ?::bigint[], ?::text[]) written(key, version, value)
                where row.key = written.key and row.version = written.version
                """
                        .formatted(names);
        make =
                """
                insert into %1$s (generation, key, version, value)
                select %2$d, written.key, 1, written.value::jsonb
                from unnest(?::text[], ?::text[]) written(key, value)
                on conflict do nothing
                """
                        .formatted(names);
        delete = "delete from %1$s where key = any (?::text[])".formatted(names);
    }

    void insert(RoundTrip roundTrip, Set<String> keys) {
        if (!keys.isEmpty()) {
            roundTrip.run(insert, (Object) array(keys));
        }
    }

    void lock(RoundTrip roundTrip, Set<String> keys, HeldRows held) {
        if (!keys.isEmpty()) {
            roundTrip.read(
                    rows ->
                            held.lock(
                                    store.at(rows.getString(1)),
                                    rows.getLong(2),
                                    rows.getString(3)),
                    lock,
                    (Object) array(keys));
        }
    }

    void read(RoundTrip roundTrip, Set<String> keys, HeldRows held) {
        if (!keys.isEmpty()) {
            roundTrip.read(
                    rows -> held.read(store.at(rows.getString(1)), rows.getString(2)),
                    read,
                    (Object) array(keys));
        }
    }

    void find(RoundTrip roundTrip, String prefix, Consumer<Row<?>> taking) {
        roundTrip.read(
                rows -> taking.accept(store.at(rows.getString(1))), find, prefix, prefix + BEYOND);
    }

    void write(RoundTrip roundTrip, @Nullable SortedMap<String, Written> written) {
        if (written == null) {
            return;
        }
        SortedMap<String, Written> there = new TreeMap<>(written);
        SortedMap<String, Written> missing = new TreeMap<>(written);
        there.values().removeIf(one -> one.version == HeldRows.MISSING);
        missing.values().removeIf(one -> one.version != HeldRows.MISSING);
        if (!missing.isEmpty()) {
            roundTrip.change(
                    missing.size(),
                    "new rows of " + store.name(),
                    make,
                    array(missing.keySet()),
                    values(missing));
        }
        if (!there.isEmpty()) {
            roundTrip.change(
                    there.size(),
                    "rows of " + store.name(),
                    update,
                    array(there.keySet()),
                    there.values().stream().mapToLong(Written::version).toArray(),
                    values(there));
        }
    }

    private static String[] values(SortedMap<String, Written> written) {
        return written.values().stream()
                .map(one -> Values.JSON.writeValueAsString(one.value))
                .toArray(String[]::new);
    }

    void delete(RoundTrip roundTrip, Set<String> keys) {
        if (!keys.isEmpty()) {
            roundTrip.change(
                    keys.size(), "removed rows of " + store.name(), delete, (Object) array(keys));
        }
    }

    private static String[] array(Collection<String> texts) {
        return texts.toArray(String[]::new);
    }
}
