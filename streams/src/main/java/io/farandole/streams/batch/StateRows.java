package io.farandole.streams.batch;

import io.farandole.streams.Row;
import io.farandole.streams.Store;
import io.farandole.streams.Touched;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
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
import org.jspecify.annotations.Nullable;

/**
 * The rows of a generation's stores, locked and written as sets, always in the same order. Where a
 * transaction owns the generation nothing is locked: what is missing is only made when it has a
 * value, and the versions would still show if somebody else had written.
 */
final class StateRows {

    private static final String WATERMARK =
            "select max(event_time) from streams.watermark where generation = ?";

    private final Map<Store<?>, StoreStatements> stores = new LinkedHashMap<>();
    private final Generation generation;
    private final boolean readsWatermark;
    private final boolean owned;

    StateRows(Generation generation, List<Store<?>> described) {
        this(generation, described, false);
    }

    /** For transactions of which one at a time writes to the generation, and nobody else does. */
    static StateRows owned(Generation generation, List<Store<?>> described) {
        return new StateRows(generation, described, true);
    }

    private StateRows(Generation generation, List<Store<?>> described, boolean owned) {
        this.generation = generation;
        this.owned = owned;
        this.readsWatermark = described.stream().anyMatch(Store::readsWatermark);
        for (Store<?> store : described) {
            stores.put(store, new StoreStatements(generation, store, owned));
        }
    }

    /**
     * Locks the rows to be updated, making those that are missing, and reads the others as last
     * committed; of a generation that is owned it only reads.
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
        if (!owned) {
            stores.forEach((store, its) -> its.insert(roundTrip, of(updated, store)));
        }
        stores.forEach((store, its) -> its.lock(roundTrip, of(updated, store), held));
        stores.forEach((store, its) -> its.read(roundTrip, of(read, store), held));
        // After the locks: a window that is open by this watermark stays so for as long as its row
        // is held, for whoever closes it locks that row too.
        if (readsWatermark && !roundTrip.isEmpty()) {
            roundTrip.read(rows -> held.reached(instant(rows)), WATERMARK, generation.id());
        }
        roundTrip.send(connection);
        if (owned) {
            updated.forEach((store, keys) -> keys.forEach(key -> held.missing(store.at(key))));
        }
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
                StoreStatements its = stores.get(range.store());
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
        Map<Store<?>, SortedMap<String, StoreStatements.Written>> written = new LinkedHashMap<>();
        Map<Store<?>, SortedSet<String>> removed = newKeys();
        Set<Row<?>> appeared = new HashSet<>();
        held.versions()
                .forEach(
                        (row, version) -> {
                            Object before = held.values().get(row);
                            Optional<Object> change = changes.get(row);
                            Object after = change == null ? before : change.orElse(null);
                            if (after == null) {
                                if (version != HeldRows.MISSING) {
                                    keys(removed, row).add(row.key());
                                }
                            } else if (!after.equals(before)) {
                                written.computeIfAbsent(row.store(), _ -> new TreeMap<>())
                                        .put(
                                                row.key(),
                                                new StoreStatements.Written(version, after));
                                if (before == null) {
                                    appeared.add(row);
                                }
                            }
                        });
        stores.forEach((store, its) -> its.write(roundTrip, written.get(store)));
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
}
