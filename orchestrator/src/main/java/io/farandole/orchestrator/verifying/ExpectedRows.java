package io.farandole.orchestrator.verifying;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the rows of the stores should say: by store and key, the fields that are compared. */
final class ExpectedRows {

    /**
     * The rows of one store.
     *
     * @param fields those that are compared; one that a row does not name should be absent, or 0
     */
    record Rows(List<String> fields, Map<String, Map<String, String>> byKey) {}

    private final Map<String, Rows> stores = new TreeMap<>();

    /** A store to be compared, also when no event makes a row in it. */
    void compare(String store, String... fields) {
        stores.put(store, new Rows(List.of(fields), new TreeMap<>()));
    }

    /** The row, there from now on, even if no field of it is ever set. */
    Map<String, String> row(String store, String key) {
        return rows(store).computeIfAbsent(key, _ -> new HashMap<>());
    }

    void add(String store, String key, String field, long amount) {
        row(store, key)
                .merge(
                        field,
                        Long.toString(amount),
                        (a, b) -> Long.toString(Long.parseLong(a) + Long.parseLong(b)));
    }

    Map<String, Map<String, String>> rows(String store) {
        Rows rows = stores.get(store);
        if (rows == null) {
            throw new IllegalArgumentException(store + " is not compared");
        }
        return rows.byKey();
    }

    Map<String, Rows> stores() {
        return stores;
    }
}
