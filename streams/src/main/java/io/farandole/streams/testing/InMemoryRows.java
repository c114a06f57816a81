package io.farandole.streams.testing;

import io.farandole.streams.Row;
import io.farandole.streams.Store;
import io.farandole.streams.Touched;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rows of all stores, kept as JSON, as the database does: what does not survive that is noticed
 * in memory too.
 */
final class InMemoryRows {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, SortedMap<String, String>> stores = new TreeMap<>();

    <V> @Nullable V find(Row<V> row) {
        String json = of(row.store()).get(row.key());
        return json == null ? null : JSON.readValue(json, row.store().type());
    }

    <V> SortedMap<String, V> all(Store<V> store) {
        SortedMap<String, V> values = new TreeMap<>();
        of(store).forEach((key, json) -> values.put(key, JSON.readValue(json, store.type())));
        return values;
    }

    Map<Row<?>, Object> load(List<Touched> touched) {
        findRanges(touched);
        Map<Row<?>, Object> loaded = new HashMap<>();
        for (Touched one : touched) {
            one.updated().forEach(row -> load(row, loaded));
            one.read().forEach(row -> load(row, loaded));
        }
        return loaded;
    }

    void write(Map<Row<?>, Optional<Object>> changes) {
        changes.forEach(
                (row, value) -> {
                    if (value.isPresent()) {
                        of(row.store()).put(row.key(), JSON.writeValueAsString(value.get()));
                    } else {
                        of(row.store()).remove(row.key());
                    }
                });
    }

    /** Every row of these stores as {@code store/key} and JSON, to be compared. */
    SortedMap<String, String> image(List<Store<?>> wanted) {
        SortedMap<String, String> image = new TreeMap<>();
        for (Store<?> store : wanted) {
            of(store).forEach((key, json) -> image.put(store.name() + "/" + key, json));
        }
        return image;
    }

    // As in the database, where the rows that the batch declares are made before ranges are found.
    private void findRanges(List<Touched> touched) {
        Set<Row<?>> declared = new HashSet<>();
        touched.forEach(one -> declared.addAll(one.updated()));
        for (Touched one : touched) {
            for (Touched.Range<?> range : one.ranges()) {
                declared.stream().filter(range::has).forEach(one::update);
                of(range.store()).keySet().stream()
                        .map(range.store()::at)
                        .filter(range::has)
                        .forEach(one::update);
            }
        }
    }

    private void load(Row<?> row, Map<Row<?>, Object> loaded) {
        Object value = find(row);
        if (value != null) {
            loaded.put(row, value);
        }
    }

    private SortedMap<String, String> of(Store<?> store) {
        return stores.computeIfAbsent(store.name(), _ -> new TreeMap<>());
    }
}
