package io.farandole.processors.guardrails;

import static io.farandole.events.TopicCatalogue.ACTIVITY;
import static io.farandole.events.TopicCatalogue.IMPRESSIONS;
import static io.farandole.events.TopicCatalogue.TRAINING;
import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.ActivityEvent;
import io.farandole.events.ImpressionEvent.PlaylistServed;
import io.farandole.events.ItemId;
import io.farandole.events.OfferId;
import io.farandole.events.RunId;
import io.farandole.events.TrainingEvent;
import io.farandole.events.TrainingEvent.CanaryJudged;
import io.farandole.events.UserId;
import io.farandole.streams.testing.ProcessorDriver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

class GuardrailsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final RunId RUN = new RunId("run-1");
    private static final OfferId OFFER = new OfferId("offer");
    private static final GuardrailSettings SETTINGS =
            new GuardrailSettings(
                    Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofHours(24), 500, 0.2, 3);

    private final ProcessorDriver driver =
            ProcessorDriver.of(new Guardrails(SETTINGS).describe())
                    .pin(Guardrails.OUTCOMES, Outcomes.NONE);

    @Test
    void joinsAnActWithTheLastListBeforeItThatHadItsItem() {
        shown("ann", "call-1", "r1", 0, "a", "b");
        shown("ann", "call-2", "r2", 10, "b", "c");
        viewed("ann", "b", 20);
        booked("ann", "a", 30);

        assertThat(outcomes("ann")).containsOnlyKeys("r1", "r2");
        assertThat(outcomes("ann").get("r1")).isEqualTo(new Shown.Outcome(1, 0, 1));
        assertThat(outcomes("ann").get("r2")).isEqualTo(new Shown.Outcome(1, 1, 0));
    }

    @Test
    void joinsNeitherWhatCameBeforeNorWhatCameTooLateNorAnotherUsersAct() {
        viewed("ann", "a", 0);
        shown("ann", "call-1", "r1", 60, "a");
        viewed("ann", "a", 60 + 30 * 60 + 1);
        viewed("bob", "a", 70);

        assertThat(outcomes("ann").get("r1")).isEqualTo(new Shown.Outcome(1, 0, 0));
        assertThat(outcomes("bob")).isEmpty();
    }

    @Test
    void countsAListOnceHoweverOftenItIsClickedOn() {
        shown("ann", "call-1", "r1", 0, "a", "b");
        viewed("ann", "a", 10);
        viewed("ann", "b", 20);

        assertThat(outcomes("ann").get("r1")).isEqualTo(new Shown.Outcome(1, 1, 0));
    }

    @Test
    void keepsNothingThatIsShownWhileNothingIsTried() {
        driver.pipe(IMPRESSIONS, served("ann", "call-1", "r1", null, "a"), NOON);
        assertThat(driver.rows(Guardrails.SHOWN.store())).isEmpty();

        driver.pipe(IMPRESSIONS, served("ann", "call-2", "r1", "r2", "a"), NOON.plusSeconds(5));
        viewed("ann", "a", 10);

        assertThat(outcomes("ann").get("r1")).isEqualTo(new Shown.Outcome(1, 1, 0));
    }

    @Test
    void keepsNothingOfErasedUsers() {
        shown("ann", "call-1", "r1", 0, "a");
        shown("ann|b", "call-2", "r1", 0, "a");
        driver.pipe(ACTIVITY, new ActivityEvent.Erased(user("ann")), NOON.plusSeconds(5));

        assertThat(driver.rows(Guardrails.SHOWN.store()).values())
                .extracting(Shown::user)
                .containsExactly("ann|b");
    }

    @Test
    void forgetsWhatNoCanaryCanBeJudgedByAnyMore() {
        shown("ann", "call-1", "r1", 0, "a");
        driver.advanceWallClock(NOON.plus(Duration.ofHours(27)));

        assertThat(driver.rows(Guardrails.SHOWN.store())).isEmpty();
    }

    /** Whoever is to verify what is kept asks for it by this name. */
    @Test
    void tellsForHowLongACanaryMayBeTried() {
        assertThat(longestTrial(Map.of())).isEqualTo(Duration.ofHours(24));
        assertThat(longestTrial(Map.of("farandole.guardrails.longest", "36h")))
                .isEqualTo(Duration.ofHours(36));
    }

    private static Duration longestTrial(Map<String, Object> settings) {
        try (AnnotationConfigApplicationContext parts = new AnnotationConfigApplicationContext()) {
            parts.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("test", settings));
            parts.register(GuardrailsConfiguration.class);
            parts.refresh();
            return parts.getBean("longestTrial", Duration.class);
        }
    }

    @Test
    void holdsACanaryForTheReleasingRunsInWhateverOrderRunsTellOfIt() {
        RunId least = new RunId("a-run");
        TrainingEvent promoted =
                new TrainingEvent.Promoted(least, "r2", "models/2", "r1", "ann", List.of());
        driver.pipe(TRAINING, promoted, NOON);
        driver.pipe(
                TRAINING,
                new TrainingEvent.RolledBack(RUN, "r2", "models/2", "r1", "ann", List.of()),
                NOON);
        driver.foldsCommute(1, Guardrails.TRIALS);
        assertThat(driver.rows(Guardrails.TRIALS).get("r2"))
                .isEqualTo(new Trial("r2", "a-run", null, true));

        released();
        driver.pipe(TRAINING, promoted, NOON);
        driver.foldsCommute(2, Guardrails.TRIALS);
        assertThat(driver.rows(Guardrails.TRIALS).get("r2"))
                .isEqualTo(new Trial("r2", "run-1", NOON, true));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void commutes(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            String user = "user-" + random.nextInt(3);
            String item = "item-" + random.nextInt(4);
            int second = random.nextInt(3_000);
            switch (random.nextInt(3)) {
                case 0 ->
                        shown(user, "call-" + i, "r" + (1 + random.nextInt(2)), second, item, "x");
                case 1 -> viewed(user, item, second);
                default -> booked(user, item, second);
            }
        }

        driver.foldsCommute(seed);
    }

    @Test
    void saysThatABadCanaryIsBadAsSoonAsItShows() {
        released();
        pin(acts(600, 30, 6_000, 600), acts(600, 12, 6_000, 120));
        driver.advanceWallClock(NOON.plus(Duration.ofMinutes(1)));

        CanaryJudged judged = judged();
        assertThat(judged.good()).isFalse();
        assertThat(judged.release()).isEqualTo("r2");
        assertThat(judged.reasons())
                .containsExactly(
                        "clicks: BAD. 5.00 % of 600 lists were clicked on, of the others' 6,000"
                                + " lists 10.00 %; the difference is between -8.77 and -1.23 points,"
                                + " may not lie below 0 as a whole, and should lie above -2.00.",
                        "bookings: not known. 2.00 % of 600 lists were booked from, of the others'"
                                + " 6,000 lists 2.00 %; the difference is between -1.80 and +1.80"
                                + " points, may not lie below 0 as a whole, and should lie above"
                                + " -0.40.");
        assertThat(driver.timers()).doesNotContainKey("look/r2");
    }

    @Test
    void saysThatAGoodCanaryIsGoodButNotBeforeItsTime() {
        released();
        pin(acts(20_000, 2_100, 90_000, 9_000), acts(20_000, 2_100, 90_000, 9_000));
        driver.advanceWallClock(NOON.plus(Duration.ofMinutes(59)));
        assertThat(driver.said(TRAINING)).isEmpty();

        driver.advanceWallClock(NOON.plus(Duration.ofMinutes(60)));

        assertThat(judged().good()).isTrue();
        assertThat(judged().reasons()).allMatch(reason -> reason.contains(": good. "));
    }

    @Test
    void promotesWhatNothingSpeaksAgainstWhenItsTimeIsOver() {
        released();
        driver.advanceWallClock(NOON.plus(Duration.ofHours(24)).minusSeconds(1));
        assertThat(driver.said(TRAINING)).isEmpty();

        driver.advanceWallClock(NOON.plus(Duration.ofHours(24)));

        assertThat(judged().good()).isTrue();
        assertThat(judged().reasons())
                .contains(
                        "clicks: not known. Its lists were shown 0 times, the others' 0 times; at"
                                + " least 500 each are wanted.")
                .last()
                .asString()
                .startsWith("time: ");
    }

    @Test
    void concludesNothingFromAnotherReleasesOutcomes() {
        released();
        driver.pin(
                Guardrails.OUTCOMES,
                new Outcomes("r9", acts(600, 30, 6_000, 600), acts(600, 12, 6_000, 120)));

        driver.advanceWallClock(NOON.plus(Duration.ofHours(1)));

        assertThat(driver.said(TRAINING)).isEmpty();
    }

    @Test
    void looksNoMoreAtWhatWasSwitchedByHand() {
        released();
        driver.pipe(
                TRAINING,
                new TrainingEvent.Promoted(RUN, "r2", "models/2", "r1", "ann", List.of()),
                NOON);
        pin(acts(600, 30, 6_000, 600), acts(600, 12, 6_000, 120));
        driver.advanceWallClock(NOON.plus(Duration.ofHours(30)));

        assertThat(driver.said(TRAINING)).isEmpty();
    }

    @Test
    void looksAtNoReleaseThatEverybodyIsServed() {
        driver.pipe(
                TRAINING, new TrainingEvent.Released(RUN, "r1", "models/1", "ease", 9, 9), NOON);

        assertThat(driver.timers()).isEmpty();
    }

    private void released() {
        driver.pipe(
                TRAINING,
                new TrainingEvent.Released(RUN, "r2", "models/2", "ease", 9, 9, 10),
                NOON);
    }

    private void pin(Outcomes.Act clicks, Outcomes.Act bookings) {
        driver.pin(Guardrails.OUTCOMES, new Outcomes("r2", clicks, bookings));
    }

    /** With one list a user. */
    private static Outcomes.Act acts(int lists, int acted, int othersLists, int othersActed) {
        return new Outcomes.Act(
                new Arm(lists, lists, acted, lists, acted, acted),
                new Arm(
                        othersLists,
                        othersLists,
                        othersActed,
                        othersLists,
                        othersActed,
                        othersActed));
    }

    private CanaryJudged judged() {
        return (CanaryJudged) driver.said(TRAINING).getFirst().event();
    }

    private SortedMap<String, Shown.Outcome> outcomes(String user) {
        return Objects.requireNonNull(
                        driver.row(
                                Guardrails.SHOWN.at(
                                        user,
                                        Guardrails.SHOWN.windows().windowsOf(NOON).getFirst())))
                .outcomes();
    }

    private void shown(String user, String call, String release, int second, String... items) {
        driver.pipe(
                IMPRESSIONS, served(user, call, release, "r2", items), NOON.plusSeconds(second));
    }

    private static PlaylistServed served(
            String user, String call, String release, @Nullable String canary, String... items) {
        return new PlaylistServed(
                user(user),
                List.of(items).stream().map(ItemId::new).toList(),
                call,
                "model",
                release,
                "models/1",
                1,
                List.of(),
                List.of(),
                List.of(),
                1,
                null,
                null,
                List.of(),
                canary);
    }

    private void viewed(String user, String item, int second) {
        driver.pipe(
                ACTIVITY,
                new ActivityEvent.Viewed(user(user), new ItemId(item), OFFER),
                NOON.plusSeconds(second));
    }

    private void booked(String user, String item, int second) {
        driver.pipe(
                ACTIVITY,
                new ActivityEvent.BookingMade(
                        user(user), new ItemId(item), OFFER, "booking-" + second, 1, 0),
                NOON.plusSeconds(second));
    }

    private static UserId user(String id) {
        return new UserId(id);
    }
}
