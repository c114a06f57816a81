package io.farandole.orchestrator.verifying;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * Verifies the state at rest: every source event became an internal one, and every row says what
 * the internal events say. While events are in flight, what has not arrived yet is reported as
 * missing.
 */
public final class Verifying {

    private static final Set<String> SOURCE_RING = Set.of("users", "offers", "interactions");
    private static final Set<String> INTERNAL_RING = Set.of("activity", "catalogue");
    private static final Set<String> BOTH_RINGS =
            Stream.concat(SOURCE_RING.stream(), INTERNAL_RING.stream())
                    .collect(Collectors.toUnmodifiableSet());

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
        Map<String, JournaledEvent> erasures = new HashMap<>();
        long[] events = new long[1];
        // In the journal a source event stands before all that came of it.
        journal.forEach(
                BOTH_RINGS,
                leftOut,
                event -> {
                    if (SOURCE_RING.contains(event.topic())) {
                        events[0]++;
                        origins.source(event);
                    } else {
                        origins.internal(event);
                        noteErasure(event, erasures);
                    }
                },
                discrepancies::add);
        discrepancies.addAll(origins.finish());
        Map<String, Long> compared = compare(leftOut, erasures, discrepancies);
        return new Verdict(events[0], count(leftOut), compared, discrepancies);
    }

    private static void noteErasure(JournaledEvent event, Map<String, JournaledEvent> erasures) {
        if (event.kind().equals("erased")) {
            erasures.merge(
                    event.text("user"),
                    event,
                    (old, young) -> young.hasTheLastWordOver(old) ? young : old);
        }
    }

    private Map<String, Long> compare(
            Map<String, Set<UUID>> leftOut,
            Map<String, JournaledEvent> erasures,
            List<Discrepancy> discrepancies) {
        ExpectedRows expected = new ExpectedRows();
        RecomputingCatalogue catalogue = new RecomputingCatalogue(expected);
        RecomputingActivity activity = new RecomputingActivity(expected, erasures);
        journal.forEach(
                INTERNAL_RING,
                leftOut,
                event -> {
                    if (event.topic().equals("catalogue")) {
                        catalogue.accept(event);
                    } else {
                        activity.accept(event);
                    }
                },
                _ -> {});
        catalogue.finish();
        activity.finish();
        Map<String, Long> compared = new TreeMap<>();
        expected.stores()
                .forEach(
                        (store, rows) -> {
                            discrepancies.addAll(
                                    Comparing.compare(store, rows, tables.rows(store)));
                            compared.put(store, (long) rows.byKey().size());
                        });
        discrepancies.addAll(lists(expected, activity.acted()));
        compared.put("personalisation.lists", (long) activity.acted().size());
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
