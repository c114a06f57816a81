package io.farandole.orchestrator.verifying;

import io.farandole.orchestrator.JournalReach;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * Verifies the state at rest: every row says what the archived internal events say, and, as far as
 * the broker's journal reaches, every source event became an internal one that was archived. While
 * events are in flight, what has not arrived yet is reported as missing.
 */
public final class Verifying {

    private static final Set<String> SOURCE_RING = Set.of("users", "offers", "interactions");
    private static final Set<String> INTERNAL_RING = Set.of("activity", "catalogue");

    private static final String POPULARITY = "popularity.windows";

    /** An act is counted in its window as a rating, say, and as positive or negative. */
    private static final int FIELDS_AN_ACT = 2;

    private final Path journal;
    private final ArchivedMessages archive;
    private final ReadingRows tables;
    private final Clock clock;

    public Verifying(Path journal, ArchivedMessages archive, JdbcClient database, Clock clock) {
        this.journal = journal;
        this.archive = archive;
        this.tables = new ReadingRows(database);
        this.clock = clock;
    }

    /**
     * Recomputes and compares; takes seconds for some hundred thousand events.
     *
     * @throws io.farandole.pubsub.journal.JournalException if the journal cannot be read
     * @throws IOException if the archive cannot be read
     */
    public Verdict verify() throws IOException {
        Map<String, Set<UUID>> leftOut = tables.leftOut();
        List<Discrepancy> discrepancies = new ArrayList<>();
        TracingOrigins origins = new TracingOrigins(reach());
        long[] traced = new long[1];
        Map<String, Set<UUID>> journaled =
                new ReadingJournal(journal)
                        .read(
                                SOURCE_RING,
                                INTERNAL_RING,
                                leftOut,
                                event -> {
                                    traced[0]++;
                                    origins.source(event);
                                },
                                discrepancies::add);
        ExpectedRows expected = new ExpectedRows();
        RecomputingCatalogue catalogue = new RecomputingCatalogue(expected);
        RecomputingActivity activity = new RecomputingActivity(expected);
        ReadingArchive reading = new ReadingArchive(archive, leftOut, journaled);
        reading.read(
                INTERNAL_RING,
                event -> {
                    origins.internal(event);
                    if (event.topic().equals("catalogue")) {
                        catalogue.accept(event);
                    } else {
                        activity.accept(event);
                    }
                },
                discrepancies::add);
        discrepancies.addAll(origins.finish());
        catalogue.finish();
        activity.finish();
        Map<String, Long> compared = compare(expected, reading.withheld(), discrepancies);
        discrepancies.addAll(lists(expected, activity.acted()));
        compared.put("personalisation.lists", (long) activity.acted().size());
        return new Verdict(
                reading.events(),
                traced[0],
                origins.lost(),
                reading.withheld(),
                count(leftOut),
                compared,
                discrepancies);
    }

    /** Since when the journal has everything that was published on the source topics. */
    private Instant reach() {
        Map<String, Instant> reach = JournalReach.of(journal, clock.instant());
        return SOURCE_RING.stream()
                .map(topic -> reach.getOrDefault(topic, Instant.MAX))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    // All stores at once: reading rows and comparing them costs processors more than the database.
    private Map<String, Long> compare(
            ExpectedRows expected, long withheld, List<Discrepancy> discrepancies) {
        Map<String, Long> compared = new TreeMap<>();
        List<Discrepancy> found =
                expected.stores().entrySet().parallelStream()
                        .flatMap(
                                store ->
                                        compare(store.getKey(), store.getValue(), withheld)
                                                .stream())
                        .toList();
        discrepancies.addAll(found);
        expected.stores().forEach((store, rows) -> compared.put(store, (long) rows.byKey().size()));
        return compared;
    }

    /** Popularity has counted what is withheld, unless it was rebuilt: so far may it differ. */
    private List<Discrepancy> compare(String store, ExpectedRows.Rows rows, long withheld) {
        Map<String, JsonNode> found = tables.rows(store);
        if (withheld > 0
                && store.equals(POPULARITY)
                && Comparing.distance(rows, found) <= FIELDS_AN_ACT * withheld) {
            return List.of();
        }
        return Comparing.compare(store, rows, found);
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
