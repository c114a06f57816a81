package io.farandole.orchestrator.verifying;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * Verifies the state at rest: every source event became an internal one, and every row says what
 * the internal events say. While events are in flight, what has not arrived yet is reported as
 * missing.
 */
public final class Verifying {

    private static final Set<String> SOURCE_RING = Set.of("users", "offers", "interactions");
    private static final Set<String> BOTH_RINGS =
            Set.of("users", "offers", "interactions", "activity", "catalogue");

    private final ReadingJournal journal;
    private final ReadingRows tables;

    public Verifying(Path journal, JdbcClient database) {
        this.journal = new ReadingJournal(journal);
        this.tables = new ReadingRows(database);
    }

    /**
     * Recomputes and compares; takes seconds for some hundred thousand events.
     *
     * @throws io.farandole.pubsub.journal.JournalException if the journal cannot be read
     */
    public Verdict verify() {
        Map<String, Set<UUID>> leftOut = tables.leftOut();
        List<Discrepancy> discrepancies = new ArrayList<>();
        TracingOrigins origins = new TracingOrigins();
        ExpectedRows expected = new ExpectedRows();
        RecomputingCatalogue catalogue = new RecomputingCatalogue(expected);
        RecomputingActivity activity = new RecomputingActivity(expected);
        long[] events = new long[1];
        // In the journal a source event stands before all that came of it.
        journal.forEach(
                BOTH_RINGS,
                leftOut,
                event -> {
                    switch (event.topic()) {
                        case "catalogue" -> {
                            origins.internal(event);
                            catalogue.accept(event);
                        }
                        case "activity" -> {
                            origins.internal(event);
                            activity.accept(event);
                        }
                        default -> {
                            events[0]++;
                            origins.source(event);
                        }
                    }
                },
                discrepancies::add);
        discrepancies.addAll(origins.finish());
        catalogue.finish();
        activity.finish();
        Map<String, Long> compared = compare(expected, discrepancies);
        discrepancies.addAll(lists(expected, activity.acted()));
        compared.put("personalisation.lists", (long) activity.acted().size());
        return new Verdict(events[0], count(leftOut), compared, discrepancies);
    }

    // All stores at once: reading rows and comparing them costs processors more than the database.
    private Map<String, Long> compare(ExpectedRows expected, List<Discrepancy> discrepancies) {
        Map<String, Long> compared = new TreeMap<>();
        List<Discrepancy> found =
                expected.stores().entrySet().parallelStream()
                        .flatMap(
                                store ->
                                        Comparing.compare(
                                                store.getKey(),
                                                store.getValue(),
                                                tables.rows(store.getKey()))
                                                .stream())
                        .toList();
        discrepancies.addAll(found);
        expected.stores().forEach((store, rows) -> compared.put(store, (long) rows.byKey().size()));
        return compared;
    }

    private static long count(Map<String, Set<UUID>> leftOut) {
        return SOURCE_RING.stream()
                .mapToLong(topic -> leftOut.getOrDefault(topic, Set.of()).size())
                .sum();
    }

    /** Everybody who did something has a list, and in it nothing that he has rated. */
    private List<Discrepancy> lists(ExpectedRows expected, Set<String> acted) {
        List<Discrepancy> discrepancies = new ArrayList<>();
        Map<String, JsonNode> lists = tables.lists();
        Map<String, Map<String, String>> had = expected.rows("profile.items");
        for (String user : acted) {
            JsonNode list = lists.get(user);
            if (list == null) {
                discrepancies.add(
                        new Discrepancy("personalisation.lists", user, "the row is missing"));
                continue;
            }
            String prefix = user.replace("%", "%25").replace("|", "%7C") + "|";
            Set<String> repeated = new HashSet<>();
            for (JsonNode entry : list.path("entries")) {
                String item = entry.path("item").asString("");
                if (had.getOrDefault(prefix + item, Map.of()).containsKey("value")) {
                    discrepancies.add(
                            new Discrepancy(
                                    "personalisation.lists",
                                    user,
                                    "offers " + item + ", which the user has rated"));
                }
                if (!repeated.add(item)) {
                    discrepancies.add(
                            new Discrepancy(
                                    "personalisation.lists", user, "offers " + item + " twice"));
                }
            }
        }
        return discrepancies;
    }
}
