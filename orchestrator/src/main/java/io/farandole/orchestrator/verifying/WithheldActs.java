package io.farandole.orchestrator.verifying;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Acts of users who asked to be forgotten since, by row of popularity. A generation counted them
 * when they were told, one that was rebuilt since did not: a row may say more than the events that
 * are given, by a part of exactly these acts, and by nothing else.
 */
final class WithheldActs {

    private final Map<String, Acts> byRow = new HashMap<>();
    private final Map<String, Long> stillCounted = new TreeMap<>();

    /**
     * @param event an act with an item
     */
    void add(JournaledEvent event) {
        if (event.isAppliedBy("popularity")) {
            byRow.computeIfAbsent(RecomputingPopularity.key(event), _ -> new Acts(event))
                    .add(event);
        }
    }

    /** After the last event. */
    void finish(ExpectedRows expected) {
        byRow.keySet()
                .forEach(
                        key ->
                                expected.leeway(
                                        RecomputingPopularity.STORE,
                                        key,
                                        (should, found) -> explain(key, should, found)));
    }

    /** By row, how many of these acts it counts at least; known when rows were compared. */
    Map<String, Long> stillCounted() {
        return stillCounted;
    }

    private Optional<ObjectNode> explain(String key, @Nullable ObjectNode should, JsonNode row) {
        ObjectNode says = should == null ? acts(key).none.says() : should;
        OptionalLong counted = counted(key, says, row);
        if (counted.isEmpty()) {
            return Optional.empty();
        }
        RecomputingPopularity.COUNTS.forEach(field -> says.set(field, row.path(field)));
        if (counted.getAsLong() > 0) {
            stillCounted.put(key, counted.getAsLong());
        }
        return Optional.of(says);
    }

    /**
     * How many of its withheld acts the row counts at least; empty if no choice of them explains
     * what it says.
     *
     * @param should what it says without any
     */
    private OptionalLong counted(String key, JsonNode should, JsonNode row) {
        Acts acts = acts(key);
        long negative = more("negative", should, row);
        long liked = more("ratings", should, row) - negative;
        long favourites = more("favourites", should, row);
        long bookings = more("bookings", should, row);
        long views = more("views", should, row);
        boolean explained =
                acts.has("disliked", negative)
                        && acts.has("liked", liked)
                        && acts.has("favourited", "unfavourited", favourites)
                        && acts.has("bookingMade", "bookingCancelled", bookings)
                        && acts.has("viewed", views)
                        && more("positive", should, row) == liked + favourites + bookings;
        return explained
                ? OptionalLong.of(
                        negative + liked + Math.abs(favourites) + Math.abs(bookings) + views)
                : OptionalLong.empty();
    }

    private Acts acts(String key) {
        Acts acts = byRow.get(key);
        if (acts == null) {
            throw new IllegalArgumentException("nothing of " + key + " is withheld");
        }
        return acts;
    }

    private static long more(String field, JsonNode should, JsonNode row) {
        return row.path(field).asLong(0) - should.path(field).asLong(0);
    }

    /** Those of one row, by kind. */
    private static final class Acts {

        private final RecomputingPopularity.Sums none;
        private final Map<String, Long> byKind = new HashMap<>();

        Acts(JournaledEvent first) {
            this.none = RecomputingPopularity.noSums(first);
        }

        void add(JournaledEvent event) {
            String kind =
                    !event.kind().equals("rated")
                            ? event.kind()
                            : RecomputingPopularity.isPositive(event) ? "liked" : "disliked";
            byKind.merge(kind, 1L, Long::sum);
        }

        boolean has(String kind, long some) {
            return some >= 0 && some <= byKind.getOrDefault(kind, 0L);
        }

        /** Of those that add one and those that take one away. */
        boolean has(String more, String less, long some) {
            return some <= byKind.getOrDefault(more, 0L) && -some <= byKind.getOrDefault(less, 0L);
        }
    }
}
