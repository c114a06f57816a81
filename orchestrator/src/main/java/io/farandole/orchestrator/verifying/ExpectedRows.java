package io.farandole.orchestrator.verifying;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the rows of the stores should say, by store and key; each is made when it is compared. */
final class ExpectedRows {

    /**
     * The rows of one store.
     *
     * @param compared takes from a row what is compared
     * @param byKey what that should be
     */
    record Rows(UnaryOperator<JsonNode> compared, Map<String, Supplier<ObjectNode>> byKey) {}

    private final Map<String, Rows> stores = new TreeMap<>();

    /** A store to be compared whole, also when no event makes a row in it. */
    void compare(String store) {
        compare(store, UnaryOperator.identity());
    }

    /**
     * A store of whose rows only a part is compared.
     *
     * @param part takes it from a row
     */
    void compare(String store, UnaryOperator<JsonNode> part) {
        stores.put(store, new Rows(part, new HashMap<>()));
    }

    void row(String store, String key, Supplier<ObjectNode> says) {
        rows(store).put(key, says);
    }

    Map<String, Supplier<ObjectNode>> rows(String store) {
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
