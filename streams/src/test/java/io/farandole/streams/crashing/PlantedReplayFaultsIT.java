package io.farandole.streams.crashing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.pubsub.v1.PubsubMessage;
import io.farandole.streams.ArchivedEvent;
import io.farandole.streams.ArchivedEvents;
import io.farandole.streams.Delivery;
import io.farandole.streams.batch.GenerationPhase;
import io.farandole.streams.batch.SwitchingGenerations;
import io.farandole.streams.batch.SwitchingGenerations.Allowance;
import io.farandole.streams.batch.SwitchingGenerations.Asked;
import io.farandole.streams.installation.Collector;
import io.farandole.streams.installation.Tally;
import io.farandole.streams.installation.TellingTheSeed;
import io.farandole.streams.installation.ViewBooks;
import io.farandole.streams.installation.Views;
import io.farandole.streams.judging.FaultTable;
import io.farandole.streams.judging.Judge;
import io.farandole.streams.judging.Judgements;
import io.farandole.streams.running.Rebuilding;
import io.farandole.streams.running.Streams;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The checks of replays, tested: a generation is built and switched to, forth and back, under
 * traffic, by a protocol that lacks one thing. Every fault is planted under {@code --chaos};
 * otherwise one, by the seed.
 */
@ExtendWith(TellingTheSeed.class)
final class PlantedReplayFaultsIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration BETWEEN_PORTIONS = Duration.ofMillis(20);

    /** Older than any inbox remembers. */
    private static final Duration LONG_AGO = Duration.ofDays(400);

    private static final int OLD = 800;
    private static final int PORTION = 300;
    private static final int SWITCHES = 12;

    /** Where both generations are always level nothing is owed, and nothing proved. */
    private static final int MOST_SWITCHES = 120;

    private static final int WANTED_APART = 3;
    private static final int BETWEEN_SWITCHES = 100;
    private static final FaultTable TABLE = new FaultTable("a rebuild");

    private final Random random = new Random(TellingTheSeed.SEED);
    private final Rebuilding rebuilding = new Rebuilding();
    private final Views views = new Views(rebuilding.wiring(), random.nextLong());

    /** What only the archive has. */
    private final Views old =
            new Views(rebuilding.wiring(), random.nextLong()).named("old-").ago(LONG_AGO);

    /** Of users who ask to be forgotten; archived. */
    private final Views forgotten =
            new Views(rebuilding.wiring(), random.nextLong()).named("forgotten-");

    /** Of users who ask to be forgotten; brought again by a subscription alone. */
    private final Views replayed =
            new Views(rebuilding.wiring(), random.nextLong()).named("replayed-");

    private final AtomicBoolean goesOn = new AtomicBoolean(true);
    private long erasures;

    @AfterEach
    void close() {
        goesOn.set(false);
        rebuilding.close();
    }

    static Stream<Sabotage> protocols() {
        List<Sabotage> faults =
                new ArrayList<>(
                        List.of(
                                Sabotage.NO_PHASE_LOCK,
                                Sabotage.NOTHING_OWED,
                                Sabotage.POSITION_APART,
                                Sabotage.NO_TOMBSTONES));
        if (!Boolean.getBoolean("farandole.chaos")) {
            Collections.shuffle(faults, new Random(TellingTheSeed.SEED));
            return faults.stream().limit(1);
        }
        return faults.stream();
    }

    @AfterAll
    static void print() {
        System.out.println(TABLE);
    }

    /** Otherwise the others here would prove nothing. */
    @Test
    @EnabledIfSystemProperty(named = "farandole.chaos", matches = "true")
    void nobodyComplainsWhereNothingIsWrong() throws Exception {
        rebuildAndSwitch(Sabotage.NONE).areSatisfied("A rebuild");
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void whatTheProtocolLacksIsSeen(Sabotage sabotage) throws Exception {
        TABLE.note(sabotage, sabotage.seenBy(), rebuildAndSwitch(sabotage));
    }

    private Judgements rebuildAndSwitch(Sabotage sabotage) throws Exception {
        CrashingDatabase database = sabotage.of(rebuilding.wiring().database());
        for (PubsubMessage message : old.some(OLD)) {
            rebuilding.archive().add("activity", archived(message));
        }
        Streams process =
                rebuilding.process(
                        database.dataSource(),
                        failingOnce(rebuilding.archive()),
                        Tally.processor());
        process.start();
        CompletableFuture<Void> traffic;
        try (Collector said = new Collector(rebuilding.wiring(), "recommendations.collector")) {
            views.publish(1_000);
            forget(forgotten);
            await().atMost(LONG)
                    .until(
                            () ->
                                    rebuilding.archive().size()
                                            == OLD
                                                    + views.distinct()
                                                    + forgotten.distinct()
                                                    + erasures);
            rebuilding.stopArchiving();
            forget(replayed);
            await().atMost(LONG).until(() -> unacknowledged(Tally.NAME) == 0);
            rebuilding.start();
            traffic = CompletableFuture.runAsync(this::publish, Thread::startVirtualThread);
            await().atMost(LONG).until(() -> rebuilding.isIn(2, GenerationPhase.SHADOW));
            SwitchingGenerations switching = new SwitchingGenerations(database.dataSource());
            int apart = 0;
            for (int i = 0; i < SWITCHES || (apart < WANTED_APART && i < MOST_SWITCHES); i++) {
                long before = said.distinct();
                SwitchingGenerations.Switch made =
                        switching.activate(
                                Tally.NAME,
                                2 - i % 2,
                                new Allowance(100_000, 100_000),
                                new Asked("a test", null),
                                false);
                apart += made.behind() > 0 ? 1 : 0;
                await().atMost(LONG).until(() -> said.distinct() > before + BETWEEN_SWITCHES);
            }
            assertThat(apart)
                    .as("switches at which one had heard what the other had not")
                    .isGreaterThanOrEqualTo(WANTED_APART);
        } finally {
            goesOn.set(false);
        }
        traffic.join();
        await().atMost(LONG).until(() -> unacknowledged(Tally.NAME) == 0);
        await().atMost(LONG).until(() -> unacknowledged(Tally.NAME + ".g2") == 0);
        process.stop();
        assertThat(database.rewritten() > 0)
                .as("a fault was planted: without one this proves nothing")
                .isEqualTo(sabotage.rewrites());
        return judged();
    }

    private void forget(Views leaving) throws Exception {
        leaving.publish(200);
        List<PubsubMessage> asking = leaving.erasures();
        leaving.publish(asking);
        erasures += asking.size();
    }

    private static Delivery archived(PubsubMessage message) {
        return new Delivery(
                "archived",
                message.getOrderingKey(),
                message.getAttributesMap(),
                message.getData().toByteArray(),
                Instant.now().minus(LONG_AGO));
    }

    /**
     * After two portions the archive cannot be read once: then it is gone on where the rows say.
     */
    private static ArchivedEvents failingOnce(ArchivedEvents archive) {
        return new ArchivedEvents() {
            private int read;

            @Override
            public synchronized List<ArchivedEvent> read(Wanted wanted, int most)
                    throws IOException {
                if (++read == 3) {
                    throw new IOException("the disk was away for a moment");
                }
                return archive.read(wanted, Math.min(most, PORTION));
            }

            @Override
            public List<Expired> expired(Set<String> topics) throws IOException {
                return archive.expired(topics);
            }
        };
    }

    private void publish() {
        try {
            while (goesOn.get()) {
                views.publish(50);
                LockSupport.parkNanos(BETWEEN_PORTIONS.toNanos());
            }
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private int unacknowledged(String reader) {
        return rebuilding.installation().pubSub().subscriptionCounts().stream()
                .filter(counts -> counts.subscription().endsWith("activity." + reader))
                .mapToInt(counts -> counts.waiting() + counts.outstanding())
                .sum();
    }

    private Judgements judged() {
        Judgements all = new Judgements();
        // The first heard all as it happened; the second was built when some had asked.
        List<Views> ofFirst = List.of(views, forgotten, replayed);
        List<Views> ofSecond = List.of(views, old);
        judge(all, 1, ofFirst, 0);
        judge(all, 2, ofSecond, forgotten.distinct() + replayed.distinct());
        all.ask(
                Judge.SAID,
                () ->
                        assertThat(
                                        rebuilding
                                                .installation()
                                                .number("select count(*) from streams.outbox"))
                                .as("said")
                                .isEqualTo(sum(ofFirst, Views::distinct)));
        return all;
    }

    private void judge(Judgements all, int number, List<Views> heard, long withheld) {
        int id = rebuilding.generation(number).generation().id();
        ViewBooks books = new ViewBooks(rebuilding.installation());
        all.ask(
                Judge.STATE,
                () ->
                        assertThat(books.byKey("tally.users_g" + id))
                                .as("users of generation " + number)
                                .isEqualTo(together(heard.stream().map(Views::byUser))));
        all.ask(
                Judge.STATE,
                () ->
                        assertThat(books.byKey("tally.items_g" + id))
                                .as("items of generation " + number)
                                .isEqualTo(together(heard.stream().map(Views::byItem))));
        all.ask(
                Judge.LEDGER,
                () ->
                        assertThat(List.of(ledger(id, "applied"), ledger(id, "withheld")))
                                .as("applied and withheld by generation " + number)
                                .containsExactly(sum(heard, Views::distinct) + erasures, withheld));
    }

    private long ledger(int generation, String column) {
        return rebuilding
                .installation()
                .number(
                        "select coalesce(sum("
                                + column
                                + "), 0) from streams.ledger where generation = "
                                + generation);
    }

    private static long sum(List<Views> all, ToLongFunction<Views> of) {
        return all.stream().mapToLong(of).sum();
    }

    private static Map<String, Long> together(Stream<Map<String, Long>> all) {
        Map<String, Long> together = new TreeMap<>();
        all.forEach(together::putAll);
        return together;
    }
}
