package io.farandole.streams.batch;

import io.farandole.streams.Row;
import io.farandole.streams.Store;
import io.farandole.streams.Touched;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rows of a generation's stores, locked and written as sets, always in the same order. */
final class StateRows {

    /** Above all that a key can go on with, as its bytes are compared. */
    private static final String BEYOND = Character.toString(Character.MAX_CODE_POINT);

    private static final String WATERMARK =
            "select max(event_time) from streams.watermark where generation = ?";

    private final Map<Store<?>, Statements> stores = new LinkedHashMap<>();
    private final Generation generation;
    private final boolean readsWatermark;

    StateRows(Generation generation, List<Store<?>> described) {
        this.generation = generation;
        this.readsWatermark = described.stream().anyMatch(Store::readsWatermark);
        for (Store<?> store : described) {
            stores.put(store, new Statements(generation, store));
        }
    }

    /**
     * Locks the rows to be updated, making those that are missing, and reads the others as last
     * committed.
     */
    HeldRows load(Connection connection, List<Touched> touched) throws SQLException {
        Map<Store<?>, SortedSet<String>> updated = newKeys();
        Map<Store<?>, SortedSet<String>> read = newKeys();
        for (Touched one : touched) {
            one.updated().forEach(row -> keys(updated, row).add(row.key()));
            one.read().forEach(row -> keys(read, row).add(row.key()));
        }
        read.forEach((store, keys) -> keys.removeAll(of(updated, store)));
        HeldRows held = new HeldRows();
        RoundTrip roundTrip = new RoundTrip();
        stores.forEach((store, its) -> its.insert(roundTrip, of(updated, store)));
        stores.forEach((store, its) -> its.lock(roundTrip, of(updated, store), held));
        stores.forEach((store, its) -> its.read(roundTrip, of(read, store), held));
        // After the locks: a window that is open by this watermark stays so for as long as its row
        // is held, for whoever closes it locks that row too.
        if (readsWatermark && !roundTrip.isEmpty()) {
            roundTrip.read(rows -> held.reached(instant(rows)), WATERMARK, generation.id());
        }
        roundTrip.send(connection);
        int wanted = updated.values().stream().mapToInt(Set::size).sum();
        if (held.versions().size() != wanted) {
            throw new Contended("a row was removed before it could be locked");
        }
        lockRanges(connection, touched, held);
        return held;
    }

    // Ranges come last: the rows that guard them are locked by then, so that what is found is all.
    private void lockRanges(Connection connection, List<Touched> touched, HeldRows held)
            throws SQLException {
        Map<Store<?>, SortedSet<String>> found = newKeys();
        RoundTrip finding = new RoundTrip();
        for (Touched one : touched) {
            for (Touched.Range<?> range : one.ranges()) {
                SortedSet<String> keys = of(found, range.store());
                Statements its = stores.get(range.store());
                if (its != null) {
                    its.find(
                            finding,
                            range.prefix(),
                            row -> {
                                one.update(row);
                                if (!held.versions().containsKey(row)) {
                                    keys.add(row.key());
                                }
                            });
                }
            }
        }
        if (finding.isEmpty()) {
            return;
        }
        finding.send(connection);
        RoundTrip locking = new RoundTrip();
        stores.forEach((store, its) -> its.lock(locking, of(found, store), held));
        locking.send(connection);
        found.forEach(
                (store, keys) -> {
                    if (!keys.stream().map(store::at).allMatch(held.versions()::containsKey)) {
                        throw new Contended("a row of a range was removed before it was locked");
                    }
                });
    }

    /**
     * Writes what changed, and lets no locked row remain that has no value.
     *
     * @return the rows that have a value now and had none before
     */
    Set<Row<?>> write(RoundTrip roundTrip, HeldRows held, Map<Row<?>, Optional<Object>> changes) {
        Map<Store<?>, SortedMap<String, Written>> written = new LinkedHashMap<>();
        Map<Store<?>, SortedSet<String>> removed = newKeys();
        Set<Row<?>> appeared = new HashSet<>();
        held.versions()
                .forEach(
                        (row, version) -> {
                            Object before = held.values().get(row);
                            Optional<Object> change = changes.get(row);
                            Object after = change == null ? before : change.orElse(null);
                            if (after == null) {
                                keys(removed, row).add(row.key());
                            } else if (!after.equals(before)) {
                                written.computeIfAbsent(row.store(), _ -> new TreeMap<>())
                                        .put(row.key(), new Written(version, after));
                                if (before == null) {
                                    appeared.add(row);
                                }
                            }
                        });
        stores.forEach((store, its) -> its.update(roundTrip, written.get(store)));
        stores.forEach((store, its) -> its.delete(roundTrip, of(removed, store)));
        return appeared;
    }

    private static @Nullable Instant instant(ResultSet rows) throws SQLException {
        OffsetDateTime time = rows.getObject(1, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static SortedSet<String> keys(Map<Store<?>, SortedSet<String>> keys, Row<?> row) {
        return of(keys, row.store());
    }

    private static SortedSet<String> of(Map<Store<?>, SortedSet<String>> keys, Store<?> store) {
        SortedSet<String> its = keys.get(store);
        if (its == null) {
            throw new IllegalStateException(
                    "store " + store.name() + " is not described as kept by this processor");
        }
        return its;
    }

    private Map<Store<?>, SortedSet<String>> newKeys() {
        Map<Store<?>, SortedSet<String>> keys = new LinkedHashMap<>();
        stores.keySet().forEach(store -> keys.put(store, new TreeSet<>()));
        return keys;
    }

    private record Written(long version, Object value) {}

    /** The statements on one store's partition. */
    private static final class Statements {

        private final Store<?> store;
        private final String insert;
        private final String lock;
        private final String read;
        private final String find;
        private final String update;
        private final String delete;

        Statements(Generation generation, Store<?> store) {
            this.store = store;
            Object[] names = {new StoreTable(generation, store).partition(), generation.id()};
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
                      where key = wanted.key for update) held
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
                    rows -> taking.accept(store.at(rows.getString(1))),
                    find,
                    prefix,
                    prefix + BEYOND);
        }

        void update(RoundTrip roundTrip, @Nullable SortedMap<String, Written> written) {
            if (written == null) {
                return;
            }
            List<String> values = new ArrayList<>(written.size());
            written.values().forEach(one -> values.add(Values.JSON.writeValueAsString(one.value)));
            roundTrip.change(
                    written.size(),
                    "rows of " + store.name(),
                    update,
                    array(written.keySet()),
                    written.values().stream().mapToLong(Written::version).toArray(),
                    array(values));
        }

        void delete(RoundTrip roundTrip, Set<String> keys) {
            if (!keys.isEmpty()) {
                roundTrip.change(
                        keys.size(),
                        "removed rows of " + store.name(),
                        delete,
                        (Object) array(keys));
            }
        }

        private static String[] array(Collection<String> texts) {
            return texts.toArray(String[]::new);
        }
    }
}
