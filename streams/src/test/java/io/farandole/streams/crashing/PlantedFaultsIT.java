package io.farandole.streams.crashing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.pubsub.TopicCounts;
import io.farandole.streams.Processor;
import io.farandole.streams.batch.StreamsSchema;
import io.farandole.streams.installation.Collector;
import io.farandole.streams.installation.Installation;
import io.farandole.streams.installation.Tally;
import io.farandole.streams.installation.TellingTheSeed;
import io.farandole.streams.installation.ViewBooks;
import io.farandole.streams.installation.Views;
import io.farandole.streams.installation.WindowBooks;
import io.farandole.streams.installation.WindowTally;
import io.farandole.streams.installation.Wiring;
import io.farandole.streams.installation.WrongTally;
import io.farandole.streams.installation.WrongWindowTally;
import io.farandole.streams.judging.FaultTable;
import io.farandole.streams.judging.Judge;
import io.farandole.streams.judging.Judgements;
import io.farandole.streams.running.Streams;
import io.farandole.streams.running.StreamsSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The checks of this module's other tests, tested: what is built wrong in one place must not be
 * believed. Every fault is planted under {@code --chaos}; otherwise some, by the seed.
 */
@ExtendWith(TellingTheSeed.class)
final class PlantedFaultsIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String COLLECTOR = "recommendations.collector";

    /**
     * A passage so late that the broker was told of acknowledgements: the client lets them gather.
     */
    private static final int LATER = 10;

    private static final FaultTable TABLE = new FaultTable("an installation");
    private static final FaultTable WINDOWS = new FaultTable("the soak's windows");
    private static final double HOT = 0.3;
    private static final Duration SKEW = Duration.ofMinutes(10);

    /** So much of what is said may be published twice; two relays without a fence do most of it. */
    private static final double AGAIN = 0.02;

    private final Random random = new Random(TellingTheSeed.SEED);
    private final Installation installation = new Installation();
    private final ViewBooks books = new ViewBooks(installation);
    private final Views views = new Views(installation.wiring(), random.nextLong());

    @BeforeEach
    void provision() {
        Views.provision(installation.wiring());
    }

    @AfterEach
    void close() {
        installation.close();
    }

    static Stream<WrongTally> folds() {
        return some(1, List.of(WrongTally.values()));
    }

    static Stream<Sabotage> protocols() {
        return some(
                1,
                List.of(
                        Sabotage.NO_INBOX,
                        Sabotage.NO_ROW_BEFORE_THE_LOCK,
                        Sabotage.NO_FENCE,
                        Sabotage.NO_ORDER));
    }

    private static <T> Stream<T> some(int many, List<T> all) {
        List<T> faults = new ArrayList<>(all);
        if (!Boolean.getBoolean("farandole.chaos")) {
            Collections.shuffle(faults, new Random(TellingTheSeed.SEED));
            return faults.stream().limit(many);
        }
        return faults.stream();
    }

    @AfterAll
    static void print() {
        System.out.println(TABLE);
        System.out.println(WINDOWS);
    }

    /** Otherwise the others here would prove nothing. */
    @Test
    void nobodyComplainsWhereNothingIsWrong() throws Exception {
        try (Collector said = said()) {
            runTwo(Sabotage.NONE, Tally.processor());
            judged(said).areSatisfied("Two instances");
        }
    }

    @ParameterizedTest
    @MethodSource("folds")
    void theFaultOfAFoldIsSeen(WrongTally wrong) throws Exception {
        try (Collector said = said()) {
            runTwo(Sabotage.NONE, wrong.processor());
            TABLE.note(wrong, wrong.seenBy(), judged(said));
        }
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void whatTheProtocolLacksIsSeen(Sabotage sabotage) throws Exception {
        try (Collector said = said()) {
            runTwo(sabotage, Tally.processor());
            TABLE.note(sabotage, sabotage.seenBy(), judged(said));
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "farandole.chaos", matches = "true")
    void whatWasAcknowledgedBeforeItWasCommittedIsSeen() throws Exception {
        StreamsSchema.migrate(installation.wiring().database());
        try (Collector said = said()) {
            views.publish(6_000);
            Process instance =
                    CrashingInstance.start(
                            installation,
                            CrashPoint.BEFORE_COMMIT,
                            LATER,
                            Sabotage.ACKNOWLEDGING_FIRST);
            assertThat(instance.waitFor(60, TimeUnit.SECONDS)).isTrue();
            runTwo(Sabotage.NONE, Tally.processor());
            TABLE.note(
                    Sabotage.ACKNOWLEDGING_FIRST,
                    Sabotage.ACKNOWLEDGING_FIRST.seenBy(),
                    judged(said));
        }
    }

    @ParameterizedTest
    @EnumSource
    @EnabledIfSystemProperty(named = "farandole.chaos", matches = "true")
    void theFaultOfWindowsIsSeen(WrongWindowTally wrong) throws Exception {
        views.hot(HOT).skewed(SKEW);
        WINDOWS.note(wrong, wrong.seenBy(), judgedWindows(Sabotage.NONE, wrong.processor()));
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_INBOX", "NO_ROW_BEFORE_THE_LOCK"})
    @EnabledIfSystemProperty(named = "farandole.chaos", matches = "true")
    void whatTheProtocolLacksIsSeenInWindows(Sabotage sabotage) throws Exception {
        WINDOWS.note(
                sabotage, Set.of(Judge.STATE), judgedWindows(sabotage, WindowTally.processor()));
    }

    /** As the soak looks at them, less what is still to be told of windows at its end. */
    private Judgements judgedWindows(Sabotage sabotage, Processor processor) throws Exception {
        WindowBooks.provision(installation.wiring());
        runTwo(sabotage, processor);
        Judgements all = new Judgements();
        new WindowBooks(installation).judge(views, all);
        return all;
    }

    private Collector said() {
        return new Collector(installation.wiring(), COLLECTOR);
    }

    /**
     * Two instances of it, until the broker has nothing left and all that was said is published.
     */
    private void runTwo(Sabotage sabotage, Processor processor) throws Exception {
        try (Wiring other = installation.wire()) {
            List<CrashingDatabase> databases =
                    Stream.of(installation.wiring(), other)
                            .map(wiring -> sabotage.of(wiring.database()))
                            .toList();
            List<Streams> both =
                    databases.stream()
                            .map(
                                    database ->
                                            other.streams(
                                                    database.dataSource(),
                                                    StreamsSettings.defaults(),
                                                    processor))
                            .toList();
            both.forEach(Streams::start);
            views.publish(3_000);
            await().atMost(LONG).until(() -> unacknowledged("activity." + processor.name()) == 0);
            await().atMost(LONG).untilAsserted(books::everythingSaidIsPublished);
            both.forEach(Streams::stop);
            // One relay may have had all shards, and the other never asked for what is said.
            assertThat(databases.stream().anyMatch(database -> database.rewritten() > 0))
                    .as("a fault was planted: without one this proves nothing")
                    .isEqualTo(sabotage.rewrites());
        }
    }

    private int unacknowledged(String subscription) {
        return installation.pubSub().subscriptionCounts().stream()
                .filter(counts -> counts.subscription().endsWith("/" + subscription))
                .mapToInt(counts -> counts.waiting() + counts.outstanding())
                .sum();
    }

    private long publications() {
        return installation.pubSub().topicCounts().stream()
                .filter(counts -> counts.topic().endsWith("/recommendations"))
                .mapToLong(TopicCounts::published)
                .sum();
    }

    private Judgements judged(Collector said) {
        // Nothing more is said, but the last of it may still be on its way.
        await().atMost(LONG).until(() -> unacknowledged(COLLECTOR) == 0);
        Judgements all = new Judgements();
        books.judge(views, all);
        all.ask(
                Judge.SAID,
                () ->
                        assertThat(said.distinct())
                                .as("different ones said")
                                .isEqualTo((int) views.distinct()));
        // Nothing failed: only what was on its way when a busy relay lost its lease came again.
        all.ask(
                Judge.SAID,
                () ->
                        assertThat(publications())
                                .as("published")
                                .isBetween(
                                        views.distinct(),
                                        views.distinct() + (long) (AGAIN * views.distinct())));
        all.ask(Judge.ORDER, () -> books.keepTheOrderOfEachUser(said));
        return all;
    }
}
