package io.farandole.orchestrator.verifying;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the rows should say by which a model is asked for: how acts that a data set is made from
 * spread over bins of items, ever and within five minutes, and what became of each run's data set.
 */
final class RecomputingTriggers {

    static final String EVER = "triggers.ever";
    static final String RECENT = "triggers.recent";
    static final String RUNS = "triggers.runs";

    private static final String TRIGGERS = "triggers";
    private static final String ALL = "all";
    private static final Set<String> COUNTED =
            Set.of("rated", "favourited", "unfavourited", "bookingMade", "bookingCancelled");
    private static final int BINS = 32;
    private static final long SECONDS_A_ROW = 300;
    private static final Duration KEPT = Duration.ofDays(31);

    /** A request of its own is known from the moment that is in the run's name. */
    private static final String OWN_RUN = "triggers-";

    private static final Passing PASSING = Passing.of(Duration.ofSeconds(SECONDS_A_ROW), KEPT);

    private final Map<String, long[]> counts = new HashMap<>();
    private final Map<String, long[]> withheld = new HashMap<>();
    private final Map<String, Moments> runs = new HashMap<>();
    private final ExpectedRows expected;
    private final Instant now;

    /**
     * @param now rows of five minutes go after a while by the clock
     */
    RecomputingTriggers(ExpectedRows expected, Instant now) {
        this.expected = expected;
        this.now = now;
        expected.compare(EVER);
        expected.compare(RECENT, PASSING);
        expected.compare(RUNS);
    }

    /** The first time at which a run was asked for, and the last of the others. */
    private record Moments(@Nullable Instant at, @Nullable Instant cut, @Nullable Instant failed) {

        static final Moments NONE = new Moments(null, null, null);

        Moments and(JournaledEvent event) {
            Instant told = event.recorded();
            return switch (event.kind()) {
                case "requested" -> new Moments(earlier(at, asked(event)), cut, failed);
                case "datasetReady" -> new Moments(at, later(cut, told), failed);
                default -> new Moments(at, cut, later(failed, told));
            };
        }

        private static Instant asked(JournaledEvent event) {
            String run = event.text("run");
            if (run.startsWith(OWN_RUN)) {
                try {
                    return earlier(
                            Instant.parse(run.substring(OWN_RUN.length())), event.recorded());
                } catch (DateTimeParseException _) {
                    // Somebody else's name, which begins as ours do.
                }
            }
            return event.recorded();
        }

        private static Instant earlier(@Nullable Instant one, Instant other) {
            return one == null || other.isBefore(one) ? other : one;
        }

        private static Instant later(@Nullable Instant one, Instant other) {
            return one == null || other.isAfter(one) ? other : one;
        }

        ObjectNode says(String run) {
            ObjectNode row = JsonNodeFactory.instance.objectNode().put("run", run);
            put(row, "at", at);
            put(row, "cut", cut);
            put(row, "failed", failed);
            return row;
        }

        private static void put(ObjectNode row, String name, @Nullable Instant moment) {
            if (moment != null) {
                row.put(name, moment.toString());
            }
        }
    }

    /**
     * @param event about a user
     */
    void act(JournaledEvent event) {
        count(counts, event);
    }

    /**
     * @param event about a user who asked to be forgotten since
     */
    void withheld(JournaledEvent event) {
        count(withheld, event);
    }

    private void count(Map<String, long[]> all, JournaledEvent event) {
        if (COUNTED.contains(event.kind()) && event.isAppliedBy(TRIGGERS)) {
            int bin = bin(event.text("item"));
            all.computeIfAbsent(ALL, _ -> new long[BINS])[bin]++;
            long number = Math.floorDiv(event.recorded().getEpochSecond(), SECONDS_A_ROW);
            String row = Long.toString(number);
            if (PASSING.longGone(row, now).isEmpty()) {
                all.computeIfAbsent(row, _ -> new long[BINS])[bin]++;
            }
        }
    }

    /** The finalizer of the 32-bit MurmurHash3 (Appleby), of what Java makes of a text. */
    private static int bin(String item) {
        int hash = item.hashCode();
        hash = (hash ^ hash >>> 16) * 0x85ebca6b;
        hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
        hash ^= hash >>> 16;
        return (int) ((hash & 0xffff_ffffL) % BINS);
    }

    /**
     * @param event about a run
     */
    void training(JournaledEvent event) {
        switch (event.kind()) {
            case "requested", "datasetReady", "failed" -> {
                if (event.isAppliedBy(TRIGGERS)) {
                    String run = event.text("run");
                    runs.put(run, runs.getOrDefault(run, Moments.NONE).and(event));
                }
            }
            default -> {}
        }
    }

    /** After the last event. */
    void finish() {
        counts.forEach((row, bins) -> expected.row(store(row), row, () -> says(row, bins)));
        withheld.forEach(
                (row, bins) ->
                        expected.leeway(
                                store(row),
                                row,
                                (should, found) -> withSome(row, should, bins, found)));
        runs.forEach((run, moments) -> expected.row(RUNS, run, () -> moments.says(run)));
    }

    private static String store(String row) {
        return row.equals(ALL) ? EVER : RECENT;
    }

    private static ObjectNode says(String row, long[] bins) {
        ArrayNode spread = JsonNodeFactory.instance.arrayNode();
        LongStream.of(bins).forEach(spread::add);
        ObjectNode counted = JsonNodeFactory.instance.objectNode().set("counts", spread);
        return row.equals(ALL)
                ? counted
                : JsonNodeFactory.instance
                        .objectNode()
                        .put("number", Long.parseLong(row))
                        .set("spread", counted);
    }

    /**
     * A generation that is older than the erasure counts what is withheld, a later one does not.
     */
    private static Optional<ObjectNode> withSome(
            String row, @Nullable ObjectNode should, long[] withheld, JsonNode found) {
        long[] bins = new long[BINS];
        for (int bin = 0; bin < BINS; bin++) {
            long least = should == null ? 0 : counts(row, should).path(bin).asLong(0);
            bins[bin] =
                    Math.clamp(
                            counts(row, found).path(bin).asLong(-1), least, least + withheld[bin]);
        }
        return Optional.of(says(row, bins));
    }

    private static JsonNode counts(String row, JsonNode node) {
        return (row.equals(ALL) ? node : node.path("spread")).path("counts");
    }
}
