package io.farandole.local.verifying;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.Topic;
import io.farandole.events.ActivityEvent;
import io.farandole.events.Message;
import io.farandole.orchestrator.JournalReach;
import io.farandole.orchestrator.verifying.Discrepancy;
import io.farandole.orchestrator.verifying.Verdict;
import io.farandole.orchestrator.verifying.Verifying;
import io.farandole.pubsub.EmbeddedPubSub;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code verify} and the folds, which share no code, make the same rows of the same events; and
 * whatever is planted in a row is found. {@code -Dseed=…} repeats what failed.
 */
class VerifyingTest {

    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int HISTORIES = 5;
    private static final int FACTS = 40;

    /** Than all that these tests tell: it is older than the journal. */
    private static final long LATER =
            RandomFacts.PUBLISHED.plus(Duration.ofDays(1)).getEpochSecond();

    /** Rows of these follow from more than events, or are held against them in part alone. */
    private static final Set<String> IN_PART = Set.of("personalisation.lists", "runs.runs");

    @TempDir static Path journal;

    @BeforeAll
    static void beginJournal() {
        try (EmbeddedPubSub broker = EmbeddedPubSub.builder().journal(journal).start()) {
            PublisherGrpc.PublisherBlockingStub topics =
                    PublisherGrpc.newBlockingStub(broker.channel());
            for (String source : List.of("users", "offers", "interactions")) {
                topics.createTopic(
                        Topic.newBuilder()
                                .setName("projects/p/topics/" + source)
                                .putLabels(JournalReach.KEPT_SINCE, Long.toString(LATER))
                                .build());
            }
        }
    }

    static Verdict verify(FoldedFacts facts) throws IOException {
        return verify(facts, RandomFacts.TRAINED.plus(Duration.ofHours(1)));
    }

    static Verdict verify(FoldedFacts facts, Instant now) throws IOException {
        return new Verifying(
                        journal, facts, facts, Clock.fixed(now, ZoneOffset.UTC), Duration.ofDays(1))
                .verify();
    }

    @Test
    void saysWhatTheFoldsSay() throws IOException {
        for (int history = 0; history < HISTORIES; history++) {
            FoldedFacts facts = new FoldedFacts(SEED + history, FACTS);

            Verdict verdict = verify(facts);

            assertThat(verdict.discrepancies()).as("-Dseed=" + (SEED + history)).isEmpty();
            assertThat(verdict.events()).isEqualTo(facts.events());
            assertThat(facts.kept())
                    .as("a store without rows proves nothing")
                    .allSatisfy((store, rows) -> assertThat(rows).as(store).isNotEmpty());
            assertThat(verdict.rowsCompared().keySet())
                    .as("every store that there is")
                    .containsExactlyInAnyOrderElementsOf(facts.stores());
        }
    }

    @Test
    void findsEachFaultThatIsPlantedInARow() throws IOException {
        FoldedFacts facts = new FoldedFacts(SEED, FACTS);
        assertThat(verify(facts).discrepancies()).as("-Dseed=" + SEED).isEmpty();
        Map<String, List<String>> unseen = new TreeMap<>();
        StringBuilder table =
                new StringBuilder(
                        "  %-28s%8s%10s%16s%n"
                                .formatted("verify", "missing", "too many", "members wrong"));
        for (Map.Entry<String, Map<String, JsonNode>> store : facts.kept().entrySet()) {
            if (IN_PART.contains(store.getKey())) {
                continue;
            }
            Planting planting = new Planting(facts, store.getKey(), store.getValue());
            boolean missing = planting.findsAMissingRow();
            boolean tooMany = planting.findsARowTooMany();
            List<String> passed = planting.membersThatPassUnseen();
            table.append(
                    "  %-28s%8s%10s%16s%n"
                            .formatted(
                                    store.getKey(),
                                    missing ? "sees" : "-",
                                    tooMany ? "sees" : "-",
                                    planting.members - passed.size() + "/" + planting.members));
            if (!missing || !tooMany || !passed.isEmpty()) {
                unseen.put(store.getKey(), passed);
            }
        }
        System.out.println(table);
        assertThat(unseen).as("-Dseed=" + SEED).isEmpty();
    }

    @Test
    void findsAnEventThatTheRowsHaveAndTheArchiveHasNot() throws IOException {
        FoldedFacts facts = new FoldedFacts(SEED, FACTS);
        for (int number : facts.counted(20)) {
            Message<?> gone = facts.forget(number);
            assertThat(verify(facts).holds()).as("%s, -Dseed=%d", gone, SEED).isFalse();
            facts.remember(number, gone);
        }
        assertThat(verify(facts).holds()).as("-Dseed=" + SEED).isTrue();
    }

    /** What erased users did may be counted or not; nothing else passes with it, however small. */
    @Test
    void isExactAboutPopularityBesideWhatIsWithheld() throws IOException {
        FoldedFacts facts = new FoldedFacts(SEED, FACTS);
        var withheld = facts.withhold(ActivityEvent.Viewed.class, 10);
        ActivityEvent.Viewed viewed = (ActivityEvent.Viewed) withheld.getFirst().event();
        Map<String, JsonNode> windows = requireNonNull(facts.kept().get("popularity.windows"));

        Verdict verdict = verify(facts);
        assertThat(verdict.withheld()).isEqualTo(withheld.size());
        assertThat(verdict.stillCounted().values().stream().mapToLong(Long::longValue).sum())
                .as("-Dseed=" + SEED)
                .isEqualTo(withheld.size());
        assertThat(ofPopularity(facts)).as("-Dseed=" + SEED).isEmpty();

        String touched =
                verdict.stillCounted().keySet().stream()
                        .filter(key -> key.startsWith(viewed.item().value() + "|"))
                        .findFirst()
                        .orElseThrow();
        String untouched =
                windows.keySet().stream()
                        .filter(key -> !verdict.stillCounted().containsKey(key))
                        .findFirst()
                        .orElseThrow();
        assertThat(ofPopularity(facts, touched, "views", -1)).as("was not counted").isEmpty();
        assertThat(ofPopularity(facts, touched, "views", 1)).containsOnly(touched);
        assertThat(ofPopularity(facts, touched, "positive", 1)).containsOnly(touched);
        assertThat(ofPopularity(facts, untouched, "views", 1)).containsExactly(untouched);
        assertThat(ofPopularity(facts, untouched, "positive", -1)).containsExactly(untouched);
    }

    /** The same of the spreads by which a model is asked for. */
    @Test
    void isExactAboutSpreadsBesideWhatIsWithheld() throws IOException {
        FoldedFacts facts = new FoldedFacts(SEED, FACTS);
        facts.withhold(ActivityEvent.Rated.class, 10);
        assertThat(of("triggers.ever", facts)).as("-Dseed=" + SEED).isEmpty();
        assertThat(of("triggers.recent", facts)).as("-Dseed=" + SEED).isEmpty();

        ArrayNode counts =
                (ArrayNode) requireNonNull(facts.rows("triggers.ever").get("all")).path("counts");
        int fewer = 0;
        for (int bin = 0; bin < counts.size(); bin++) {
            int right = counts.get(bin).asInt();
            counts.set(bin, right + 1);
            assertThat(of("triggers.ever", facts)).as("-Dseed=" + SEED).containsExactly("all");
            counts.set(bin, right - 1);
            fewer += of("triggers.ever", facts).isEmpty() ? 1 : 0;
            counts.set(bin, right);
        }
        assertThat(fewer).as("bins that may count less, -Dseed=" + SEED).isBetween(1, 10);
    }

    @Test
    void acceptsThatTheClockHasRemovedARowAndSeesThatItHasNot() throws IOException {
        FoldedFacts facts = new FoldedFacts(SEED, FACTS);
        isHeldAgainstTheClock(facts, "guardrails.shown", Duration.ofHours(1), Duration.ofHours(25));
        isHeldAgainstTheClock(facts, "triggers.recent", Duration.ofMinutes(5), Duration.ofDays(31));
    }

    /**
     * @param size of the time that a row is about
     * @param kept for so long after that
     */
    private static void isHeldAgainstTheClock(
            FoldedFacts facts, String store, Duration size, Duration kept) throws IOException {
        Map<String, JsonNode> rows = requireNonNull(facts.kept().get(store));
        String last =
                rows.keySet().stream()
                        .max(Comparator.comparingLong(VerifyingTest::number))
                        .orElseThrow();
        Instant goes = Instant.EPOCH.plus(size.multipliedBy(number(last) + 1)).plus(kept);

        assertThat(said(facts, store, last, goes.plusSeconds(3_540))).isEmpty();
        assertThat(said(facts, store, last, goes.plusSeconds(3_660)))
                .as("-Dseed=" + SEED)
                .containsExactly("should be gone since " + goes);
        assertThat(verify(facts, goes.plusSeconds(3_660)).rowsCompared().get(store)).isZero();
        assertThat(verify(facts, goes.plusSeconds(3_540)).rowsCompared().get(store)).isPositive();

        rows.remove(last);
        assertThat(said(facts, store, last, goes.minusSeconds(600)))
                .as("-Dseed=" + SEED)
                .containsExactly("the row is missing");
        assertThat(said(facts, store, last, goes.minusSeconds(120)))
                .as("a clock that is behind")
                .isEmpty();
        assertThat(said(facts, store, last, goes.plusSeconds(3_540))).isEmpty();
        assertThat(said(facts, store, last, goes.plusSeconds(3_660))).isEmpty();
    }

    private static long number(String key) {
        return Long.parseLong(key.substring(key.lastIndexOf('|') + 1));
    }

    private static List<String> said(FoldedFacts facts, String store, String key, Instant now)
            throws IOException {
        return verify(facts, now).discrepancies().stream()
                .filter(one -> one.store().equals(store) && one.key().equals(key))
                .map(Discrepancy::what)
                .toList();
    }

    /** What users were shown around the moment at which they asked is all that may be there. */
    @Test
    void seesWhatIsLeftOfErasedUsersAndWhatLacksOfThemSince() throws IOException {
        FoldedFacts facts = new FoldedFacts(SEED, FACTS);
        Map<String, JsonNode> rows = requireNonNull(facts.kept().get("guardrails.shown"));
        String user = RandomFacts.FORGOTTEN.value() + "|";
        long erased = RandomFacts.PUBLISHED.getEpochSecond() / 3_600;
        String since =
                rows.keySet().stream()
                        .filter(key -> key.startsWith(user) && number(key) > erased + 2)
                        .findFirst()
                        .orElseThrow();
        JsonNode row = requireNonNull(rows.get(since));
        assertThat(rows.keySet())
                .noneMatch(key -> key.startsWith(user) && number(key) < erased - 2);

        String before = user + (erased - 6);
        rows.put(before, row);
        assertThat(of("guardrails.shown", facts)).as("-Dseed=" + SEED).containsExactly(before);
        rows.remove(before);
        rows.put(since, ((ObjectNode) row.deepCopy()).put("window", 0));
        assertThat(of("guardrails.shown", facts)).as("-Dseed=" + SEED).containsExactly(since);
        rows.remove(since);
        assertThat(of("guardrails.shown", facts)).as("-Dseed=" + SEED).containsExactly(since);

        rows.put(since, row);
        rows.put(user + erased, row);
        assertThat(of("guardrails.shown", facts)).as("whatever it says").isEmpty();
    }

    private static List<String> ofPopularity(FoldedFacts facts) throws IOException {
        return of("popularity.windows", facts);
    }

    private static List<String> of(String store, FoldedFacts facts) throws IOException {
        return verify(facts).discrepancies().stream()
                .filter(discrepancy -> discrepancy.store().equals(store))
                .map(Discrepancy::key)
                .toList();
    }

    /** The same while a member of a row says more. */
    private static List<String> ofPopularity(FoldedFacts facts, String key, String member, int more)
            throws IOException {
        Map<String, JsonNode> windows = requireNonNull(facts.kept().get("popularity.windows"));
        ObjectNode right = (ObjectNode) requireNonNull(windows.get(key));
        windows.put(key, right.deepCopy().put(member, right.path(member).asInt() + more));
        List<String> named = ofPopularity(facts);
        windows.put(key, right);
        return named;
    }

    static boolean isOfErased(String store, String key, FoldedFacts facts) {
        return store.equals("guardrails.shown")
                && facts.erased().contains(key.substring(0, key.lastIndexOf('|')));
    }

    @Test
    void findsListsThatCannotBe() throws IOException {
        FoldedFacts facts = new FoldedFacts(SEED, FACTS);
        String user = facts.served().keySet().iterator().next();
        ObjectNode list = (ObjectNode) requireNonNull(facts.served().get(user)).deepCopy();
        ObjectNode entry = JsonNodeFactory.instance.objectNode().put("item", "one");
        list.set("entries", JsonNodeFactory.instance.arrayNode().add(entry).add(entry));
        list.put("sequence", 1_000_000);
        facts.served().put(user, list);

        assertThat(verify(facts).discrepancies())
                .as("-Dseed=" + SEED)
                .extracting(Discrepancy::key, Discrepancy::store)
                .containsOnly(tuple(user, "personalisation.lists"))
                .hasSize(2);
        facts.served().remove(user);
        assertThat(verify(facts).discrepancies())
                .extracting(Discrepancy::what)
                .containsExactly("the row is missing");
    }

    @Test
    void saysLoudlyWhatItDoesNotVerify() throws IOException {
        FoldedFacts facts = new FoldedFacts(SEED, FACTS);
        facts.kept().put("stranger.rows", new TreeMap<>());

        Verdict verdict = verify(facts);

        assertThat(verdict.notVerified())
                .containsKeys("stranger.rows", "personalisation.lists", "runs.runs");
        assertThat(verdict.notVerified().get("stranger.rows")).contains("nobody has said yet");
    }
}
