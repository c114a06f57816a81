package io.farandole.processors.triggers;

import static io.farandole.events.TopicCatalogue.ACTIVITY;
import static io.farandole.events.TopicCatalogue.TRAINING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.events.ActivityEvent;
import io.farandole.events.ItemId;
import io.farandole.events.Message;
import io.farandole.events.OfferId;
import io.farandole.events.RunId;
import io.farandole.events.TrainingEvent;
import io.farandole.events.TrainingEvent.Requested;
import io.farandole.events.UserId;
import io.farandole.streams.testing.ProcessorDriver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TriggersTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final OfferId OFFER = new OfferId("offer");
    private static final Duration WAIT = Duration.ofHours(6);
    private static final TriggerSettings BY_NUMBER = new TriggerSettings(100, 0, 1_000, WAIT);
    private static final TriggerSettings BY_DRIFT = new TriggerSettings(0, 0.25, 200, WAIT);

    private ProcessorDriver driver = driver(BY_NUMBER);

    private static ProcessorDriver driver(TriggerSettings settings) {
        return ProcessorDriver.of(new Triggers(settings).describe());
    }

    @Test
    void asksOnceForAModelWhenEnoughIsNew() {
        rated(50, NOON.minusSeconds(600));
        dataSet("run-1", NOON);
        rated(50, NOON.plusSeconds(299));
        rated(99, NOON.plus(WAIT));
        driver.advanceWallClock(NOON.plus(WAIT).plusSeconds(600));
        assertThat(requests()).isEmpty();

        rated(1, NOON.plus(WAIT).plusSeconds(900));
        driver.advanceWallClock(NOON.plus(WAIT).plusSeconds(1_500));

        assertThat(requests())
                .containsExactly(
                        new Requested(
                                new RunId("triggers-2026-01-01T18:20:00Z"),
                                "new-interactions",
                                List.of(),
                                "100 new interactions since the data set of run-1; 100 are"
                                        + " enough"));
        rated(100, NOON.plus(WAIT).plusSeconds(2_000));
        driver.advanceWallClock(NOON.plus(WAIT.multipliedBy(9)));
        assertThat(requests()).as("it is pending").hasSize(1);
    }

    @Test
    void beginsAnewWithTheNextDataSet() {
        dataSet("run-1", NOON.minus(WAIT));
        rated(100, NOON);
        driver.advanceWallClock(NOON.plusSeconds(600));
        assertThat(requests()).hasSize(1);
        heard(requests().getFirst(), NOON.plusSeconds(601));
        cut(requests().getFirst().run(), NOON.plusSeconds(660));

        rated(99, NOON.plus(WAIT).plusSeconds(900));
        driver.advanceWallClock(NOON.plus(WAIT).plusSeconds(1_500));
        assertThat(requests()).hasSize(1);

        rated(1, NOON.plus(WAIT).plusSeconds(1_800));
        driver.advanceWallClock(NOON.plus(WAIT).plusSeconds(2_400));
        assertThat(requests()).hasSize(2);
    }

    @Test
    void asksForNothingBeforeThereIsADataSetHoweverMuchIsImported() {
        rated(1_000, NOON);
        driver.advanceWallClock(NOON.plus(WAIT.multipliedBy(9)));
        assertThat(requests()).isEmpty();

        dataSet("run-1", NOON.plus(WAIT.multipliedBy(9)));
        driver.advanceWallClock(NOON.plus(WAIT.multipliedBy(99)));
        assertThat(requests()).as("it is all in the data set").isEmpty();
    }

    @Test
    void waitsAfterAnyOtherRequestAndThenNeedsNoMoreNews() {
        dataSet("run-1", NOON);
        rated(100, NOON.plusSeconds(600));
        driver.advanceWallClock(NOON.plus(WAIT).minusSeconds(1));
        assertThat(requests()).isEmpty();

        driver.advanceWallClock(NOON.plus(WAIT));
        assertThat(requests()).hasSize(1);
    }

    @Test
    void asksAgainSomeTimeAfterARunThatFailed() {
        dataSet("run-1", NOON.minus(WAIT));
        rated(100, NOON);
        driver.advanceWallClock(NOON.plusSeconds(600));
        RunId run = requests().getFirst().run();
        Instant failed = NOON.plusSeconds(660);
        driver.pipe(TRAINING, new TrainingEvent.Failed(run, "dataset", "the disk"), failed);
        rated(1, failed.plusSeconds(60));
        driver.advanceWallClock(failed.plus(WAIT).minusSeconds(1));
        assertThat(requests()).hasSize(1);

        driver.advanceWallClock(failed.plus(WAIT));
        assertThat(requests()).hasSize(2);
    }

    @Test
    void doesNotAskWhileAnOperatorsRunIsPending() {
        dataSet("run-1", NOON.minus(WAIT.multipliedBy(2)));
        heard(new Requested(new RunId("run-2"), "operator", List.of()), NOON.minus(WAIT));
        rated(100, NOON);
        driver.advanceWallClock(NOON.plus(WAIT.multipliedBy(9)));
        assertThat(requests()).isEmpty();
    }

    @Test
    void countsWhatDataSetsAreMadeFromAndEachOnce() {
        UserId user = new UserId("ann");
        ItemId item = new ItemId("a");
        driver.pipe(ACTIVITY, new ActivityEvent.Rated(user, item, OFFER, 1), NOON);
        driver.pipe(ACTIVITY, new ActivityEvent.Viewed(user, item, OFFER), NOON);
        driver.pipe(ACTIVITY, new ActivityEvent.BookingMade(user, item, OFFER, "b", 1, 0), NOON);
        driver.pipe(ACTIVITY, new ActivityEvent.BookingUsed(user, item, OFFER, "b"), NOON);
        driver.pipe(ACTIVITY, new ActivityEvent.Registered(user, null), NOON);
        driver.duplicate();

        assertThat(Objects.requireNonNull(driver.row(Triggers.ALL)).total()).isEqualTo(2);
        assertThat(driver.rows(Triggers.RECENT).values())
                .singleElement()
                .satisfies(recent -> assertThat(recent.spread().total()).isEqualTo(2));
    }

    @Test
    void forgetsWhenThingsHappenedAfterAMonth() {
        rated(3, NOON);
        driver.advanceWallClock(NOON.plus(Duration.ofDays(32)));

        assertThat(driver.rows(Triggers.RECENT)).isEmpty();
        assertThat(Objects.requireNonNull(driver.row(Triggers.ALL)).total()).isEqualTo(3);
    }

    @Test
    void asksWhenWhatIsNewIsWithOtherItems() {
        driver = driver(BY_DRIFT);
        rated(1_000, NOON.minus(WAIT), "old-");
        dataSet("run-1", NOON.minus(WAIT).plusSeconds(600));
        rated(300, NOON.plusSeconds(900), "new-");
        driver.advanceWallClock(NOON.plusSeconds(1_500));

        assertThat(requests()).singleElement().extracting(Requested::by).isEqualTo("drift");
        assertThat(requests().getFirst().reason())
                .startsWith("300 new interactions since the data set of run-1 are with other items")
                .contains("than the 1,000 before", "from 0.250 on it is drift");
    }

    @Test
    void doesNotTakeChanceForDrift() {
        driver = driver(BY_DRIFT);
        rated(1_000, NOON.minus(WAIT), "old-");
        dataSet("run-1", NOON.minus(WAIT).plusSeconds(600));
        rated(300, NOON.plusSeconds(900), "old-");
        driver.advanceWallClock(NOON.plusSeconds(1_500));

        assertThat(requests()).isEmpty();
    }

    @Test
    void tellsNothingOfDriftByTooFew() {
        driver = driver(BY_DRIFT);
        rated(1_000, NOON.minus(WAIT), "old-");
        dataSet("run-1", NOON.minus(WAIT).plusSeconds(600));
        rated(199, NOON.plusSeconds(900), "new-");
        driver.advanceWallClock(NOON.plusSeconds(1_500));

        assertThat(requests()).isEmpty();
    }

    @Test
    void takesTheMomentFromARunsNameWhereItTellsOne() {
        Instant ten = Instant.parse("2026-01-01T10:00:00Z");
        assertThat(askedAt("triggers-2026-01-01T10:00:00Z")).isEqualTo(ten);
        assertThat(askedAt("triggers-2026-01-01T11:00:00+01:00")).isEqualTo(ten);
        assertThat(askedAt("triggers-2026-01-01T12:00:01Z")).as("later").isEqualTo(NOON);
        assertThat(askedAt("triggers-2026-01-01T10:00Z")).isEqualTo(NOON);
        assertThat(askedAt("triggers-2026-02-30T10:00:00Z")).isEqualTo(NOON);
        assertThat(askedAt("run-2026-01-01T10:00:00Z")).isEqualTo(NOON);
    }

    private @Nullable Instant askedAt(String run) {
        heard(new Requested(new RunId(run), "operator", List.of()), NOON);
        return Objects.requireNonNull(driver.row(Triggers.RUNS.at(run))).at();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void commutes(long seed) {
        history(seed, 60);

        driver.foldsCommute(seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void asksOnceInWhateverOrderAllOfItComes(long seed) {
        history(seed, 160);
        Instant end = NOON.plus(WAIT.multipliedBy(3));

        for (ProcessorDriver other :
                List.of(driver.duplicate(), driver.permute(seed), driver.inBatchesOf(1, 7, 50))) {
            other.duplicate().advanceWallClock(end);
            assertThat(other.said(TRAINING)).hasSize(1);
        }
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> new TriggerSettings(-1, 0, 1, WAIT))
                .hasMessage("farandole.triggers.interactions = -1 must not be negative");
        assertThatThrownBy(() -> new TriggerSettings(1, 0, 0, WAIT))
                .hasMessage("farandole.triggers.fewest = 0 must be at least 1");
    }

    /** Acts within twenty minutes, and a data set from an hour before them. */
    private void history(long seed, int acts) {
        Random random = new Random(seed);
        dataSet("run-1", NOON.minusSeconds(3_600));
        for (int i = 0; i < acts; i++) {
            rated(1, NOON.plusSeconds(random.nextInt(1_200)), "item-" + random.nextInt(9));
        }
    }

    private void rated(int many, Instant at) {
        rated(many, at, "item-");
    }

    /** By one user each, with the smaller items more often, as it is in life. */
    private void rated(int many, Instant at, String kind) {
        Random random = new Random(many);
        List<Message<ActivityEvent>> messages =
                random.doubles(many)
                        .mapToObj(
                                lot ->
                                        driver.message(
                                                ACTIVITY,
                                                (ActivityEvent)
                                                        new ActivityEvent.Rated(
                                                                new UserId("user"),
                                                                new ItemId(
                                                                        kind
                                                                                + (int)
                                                                                        (50 * lot
                                                                                                * lot)),
                                                                OFFER,
                                                                4),
                                                at))
                        .toList();
        driver.pipeTogether(ACTIVITY, messages);
    }

    private void dataSet(String run, Instant at) {
        heard(new Requested(new RunId(run), "operator", List.of()), at);
        cut(new RunId(run), at.plusSeconds(10));
    }

    private void heard(Requested request, Instant at) {
        driver.pipe(TRAINING, request, at);
    }

    private void cut(RunId run, Instant at) {
        driver.pipe(
                TRAINING,
                new TrainingEvent.DatasetReady(
                        run, "datasets/1", "f00d", 1, 1, 50, 1, List.of("ease:lambda=200")),
                at);
    }

    private List<Requested> requests() {
        return driver.said(TRAINING).stream().map(message -> (Requested) message.event()).toList();
    }
}
