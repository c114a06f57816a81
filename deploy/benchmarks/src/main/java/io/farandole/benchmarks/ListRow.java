package io.farandole.benchmarks;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A user's list as the read model holds it. */
record ListRow(String cause, List<Entry> entries) {

    static final ListRow NONE = new ListRow("", List.of());

    /** An item in its place. */
    record Entry(String item, double score) {}

    static ListRow of(JsonNode row) {
        List<Entry> entries = new ArrayList<>();
        for (JsonNode entry : row.path("entries")) {
            entries.add(
                    new Entry(entry.path("item").asString(""), entry.path("score").asDouble(0)));
        }
        return new ListRow(row.path("causedBy").path("id").asString(""), entries);
    }

    /**
     * Whether more happened than that the rated item went and the others moved up: another one's
     * score, place or presence.
     */
    boolean differsBeyond(String rated, ListRow after) {
        List<Entry> others = entries.stream().filter(entry -> !entry.item().equals(rated)).toList();
        return !others.equals(after.entries().stream().limit(others.size()).toList());
    }

    boolean has(String item) {
        return entries.stream().anyMatch(entry -> entry.item().equals(item));
    }
}
