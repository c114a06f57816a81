package io.farandole.orchestrator.verifying;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the rows of the stores should say, by store and key; each is made when it is compared. */
final class ExpectedRows {

    /** What a row may say instead of what it should. */
    @FunctionalInterface
    interface Leeway {

        /**
         * @param should null if there should be no row
         * @return what it may say; empty if what it does say is not explained
         */
        Optional<ObjectNode> explain(@Nullable ObjectNode should, JsonNode found);
    }

    /**
     * The rows of one store.
     *
     * @param compared takes from a row what is compared
     * @param byKey what that should be
     * @param passing when the clock removes them
     * @param leeways by key
     */
    record Rows(
            UnaryOperator<JsonNode> compared,
            Map<String, Supplier<ObjectNode>> byKey,
            Passing passing,
            Map<String, Leeway> leeways) {

        /** The same, with what these may say instead. */
        Rows given(Map<String, JsonNode> found) {
            Map<String, Supplier<ObjectNode>> all = new HashMap<>(byKey);
            leeways.forEach(
                    (key, leeway) -> {
                        JsonNode row = found.get(key);
                        Supplier<ObjectNode> should = byKey.get(key);
                        if (row != null) {
                            leeway.explain(should == null ? null : should.get(), row)
                                    .ifPresent(says -> all.put(key, () -> says));
                        }
                    });
            return new Rows(compared, all, passing, Map.of());
        }
    }

    private final Map<String, Rows> stores = new TreeMap<>();
    private final Map<String, Predicate<String>> ignored = new HashMap<>();

    /** A store to be compared whole, also when no event makes a row in it. */
    void compare(String store) {
        compare(store, UnaryOperator.identity());
    }

    /** The same of a store whose rows the clock removes. */
    void compare(String store, Passing passing) {
        compare(store, UnaryOperator.identity(), passing);
    }

    /**
     * A store of whose rows only a part is compared.
     *
     * @param part takes it from a row
     */
    void compare(String store, UnaryOperator<JsonNode> part) {
        compare(store, part, Passing.NEVER);
    }

    private void compare(String store, UnaryOperator<JsonNode> part, Passing passing) {
        stores.put(store, new Rows(part, new HashMap<>(), passing, new HashMap<>()));
    }

    void row(String store, String key, Supplier<ObjectNode> says) {
        of(store).byKey().put(key, says);
    }

    /**
     * @param keys of rows that are not compared
     */
    void ignore(String store, Predicate<String> keys) {
        ignored.put(store, keys);
    }

    /** The rows that are compared. */
    Map<String, JsonNode> regarded(String store, Map<String, JsonNode> found) {
        Predicate<String> keys = ignored.get(store);
        if (keys == null) {
            return found;
        }
        Map<String, JsonNode> regarded = new HashMap<>(found);
        regarded.keySet().removeIf(keys);
        return regarded;
    }

    void leeway(String store, String key, Leeway leeway) {
        of(store).leeways().put(key, leeway);
    }

    Map<String, Supplier<ObjectNode>> rows(String store) {
        return of(store).byKey();
    }

    private Rows of(String store) {
        Rows rows = stores.get(store);
        if (rows == null) {
            throw new IllegalArgumentException(store + " is not compared");
        }
        return rows;
    }

    Map<String, Rows> stores() {
        return stores;
    }
}
