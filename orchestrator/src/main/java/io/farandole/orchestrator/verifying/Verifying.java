package io.farandole.orchestrator.verifying;

import io.farandole.orchestrator.JournalReach;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * Verifies the state at rest: every row says what the archived internal events say, and, as far as
 * the broker's journal reaches, every source event became an internal one that was archived. While
 * events are in flight, what has not arrived yet is reported as missing.
 */
public final class Verifying {

    private static final Set<String> SOURCE_RING = Set.of("users", "offers", "interactions");
    private static final Set<String> INTERNAL_RING = Set.of("activity", "catalogue", "training");

    /** What rows are computed from. Of impressions nobody asks here whether all are archived. */
    private static final Set<String> ARCHIVED =
            Set.of("activity", "catalogue", "training", "impressions");

    private static final Set<String> FROM_SOURCES = Set.of("activity", "catalogue");

    private static final String INGESTION = "ingestion";

    /** Stores whose rows are not, or not wholly, what events say. */
    private static final Map<String, String> NOT_VERIFIED =
            Map.of(
                    VerifyingLists.STORE,
                    "which items are in a list, and their scores, follow from the model and the"
                            + " popularity of the moment in which it was made; that everybody has"
                            + " one, made of all that was heard, and nothing in it twice or rated"
                            + " before, is verified",
                    "personalisation.histories",
                    "of users who asked to be forgotten, the number of events that were heard; all"
                            + " else is verified",
                    "guardrails.shown",
                    "what users were shown and did who asked to be forgotten, in hours of which"
                            + " anything was told within an hour of that; all else is verified, for"
                            + " as long as the clock keeps it",
                    "runs.runs",
                    "how a run's moments are summed up; which moments it has is verified");

    private final Path journal;
    private final ArchivedMessages archive;
    private final StoredRows tables;
    private final Clock clock;
    private final Duration longestTrial;

    /**
     * @param longestTrial {@code farandole.guardrails.longest}: what users were shown is not kept
     *     for longer than a canary may be tried. A row goes by what that was when it was made:
     *     where it was changed since, rows are named until those have gone that are older
     */
    public Verifying(
            Path journal,
            ArchivedMessages archive,
            JdbcClient database,
            Clock clock,
            Duration longestTrial) {
        this(journal, archive, new ReadingRows(database), clock, longestTrial);
    }

    /**
     * @param tables what is kept
     * @param longestTrial {@code farandole.guardrails.longest}
     */
    public Verifying(
            Path journal,
            ArchivedMessages archive,
            StoredRows tables,
            Clock clock,
            Duration longestTrial) {
        this.journal = journal;
        this.archive = archive;
        this.tables = tables;
        this.clock = clock;
        this.longestTrial = longestTrial;
    }

    /**
     * Recomputes and compares; takes seconds for some hundred thousand events.
     *
     * @throws io.farandole.pubsub.journal.JournalException if the journal cannot be read
     * @throws IOException if the archive cannot be read
     */
    public Verdict verify() throws IOException {
        Map<String, Map<String, Set<UUID>>> putAside = tables.putAside();
        Map<String, Set<UUID>> leftOut = leftOut(putAside);
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
        Recomputing recomputing = new Recomputing(clock.instant(), longestTrial);
        ReadingArchive reading = new ReadingArchive(archive, leftOut, putAside, journaled);
        reading.read(
                ARCHIVED,
                event -> {
                    if (FROM_SOURCES.contains(event.topic())) {
                        origins.internal(event);
                    }
                    recomputing.accept(event);
                },
                recomputing::withheld,
                discrepancies::add);
        discrepancies.addAll(origins.finish());
        recomputing.finish();
        Map<String, Long> compared = compare(recomputing, discrepancies);
        return new Verdict(
                reading.events(),
                traced[0],
                origins.lost(),
                reading.withheld(),
                recomputing.withheld().stillCounted(),
                count(leftOut),
                counted(putAside),
                compared,
                notVerified(compared.keySet()),
                discrepancies);
    }

    /** Of what nothing is to come, by topic. */
    private Map<String, Set<UUID>> leftOut(Map<String, Map<String, Set<UUID>>> putAside) {
        Map<String, Set<UUID>> leftOut = new HashMap<>();
        tables.unreadable().forEach((topic, ids) -> leftOut.put(topic, new HashSet<>(ids)));
        putAside.getOrDefault(INGESTION, Map.of())
                .forEach(
                        (topic, ids) ->
                                leftOut.computeIfAbsent(topic, _ -> new HashSet<>()).addAll(ids));
        return leftOut;
    }

    /** Since when the journal has everything that was published on the source topics. */
    private Instant reach() {
        Map<String, Instant> reach = JournalReach.of(journal, clock.instant());
        return SOURCE_RING.stream()
                .map(topic -> reach.getOrDefault(topic, Instant.MAX))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private Map<String, Long> compare(Recomputing recomputing, List<Discrepancy> discrepancies) {
        Map<String, Long> compared = new TreeMap<>();
        ExpectedRows expected = recomputing.expected();
        CompletableFuture<List<Discrepancy>> lists =
                CompletableFuture.supplyAsync(
                        () ->
                                VerifyingLists.verify(
                                        recomputing.remembered(),
                                        expected.rows("profile.items"),
                                        tables.rows("personalisation.histories"),
                                        tables.served()));
        expected.stores()
                .forEach(
                        (store, rows) -> {
                            compared.put(store, (long) rows.byKey().size());
                            Map<String, JsonNode> found =
                                    expected.regarded(store, tables.rows(store));
                            // Whatever the clock has removed until then is not missing.
                            Instant now = clock.instant();
                            discrepancies.addAll(
                                    Comparing.compare(store, rows.given(found), found, now));
                        });
        discrepancies.addAll(lists.join());
        compared.put(VerifyingLists.STORE, (long) recomputing.remembered().size());
        return compared;
    }

    /** What is not, or not wholly, held against events; nothing is passed over in silence. */
    private Map<String, String> notVerified(Set<String> compared) {
        Map<String, String> all = new TreeMap<>();
        for (String store : tables.stores()) {
            if (!compared.contains(store) && !NOT_VERIFIED.containsKey(store)) {
                all.put(store, "nobody has said yet what its rows follow from");
            }
        }
        all.putAll(NOT_VERIFIED);
        return all;
    }

    private static Map<String, Long> counted(Map<String, Map<String, Set<UUID>>> putAside) {
        Map<String, Long> counts = new TreeMap<>();
        putAside.forEach(
                (processor, topics) -> {
                    if (!processor.equals(INGESTION)) {
                        counts.put(processor, topics.values().stream().mapToLong(Set::size).sum());
                    }
                });
        return counts;
    }

    private static long count(Map<String, Set<UUID>> leftOut) {
        return SOURCE_RING.stream()
                .mapToLong(topic -> leftOut.getOrDefault(topic, Set.of()).size())
                .sum();
    }
}
