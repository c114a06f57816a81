package io.farandole.processors.popularity;

import static io.farandole.events.TopicCatalogue.ACTIVITY;
import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.ActivityEvent;
import io.farandole.events.ItemId;
import io.farandole.events.OfferId;
import io.farandole.events.UserId;
import io.farandole.processors.RandomActivity;
import io.farandole.streams.Outcome;
import io.farandole.streams.TimeWindows;
import io.farandole.streams.testing.ProcessorDriver;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PopularityTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final long WINDOW = windowOf(NOON);
    private static final UserId ANN = new UserId("ann");
    private static final ItemId FILM = new ItemId("film");
    private static final OfferId CINEMA = new OfferId("cinema");

    private final ProcessorDriver driver = ProcessorDriver.of(Popularity.describe());

    @Test
    void countsRatingsFromThreeAndAHalfUpAsPositive() {
        tell(new ActivityEvent.Rated(ANN, FILM, CINEMA, 3.5));
        tell(new ActivityEvent.Rated(ANN, FILM, CINEMA, 3));

        assertThat(driver.row(Popularity.WINDOWS.store().at("film|" + WINDOW)))
                .isEqualTo(new Window("film", WINDOW, 1, 1, 2, 0, 0, 0));
    }

    @Test
    void takesBackWhatIsTakenBack() {
        tell(new ActivityEvent.Favourited(ANN, FILM, CINEMA));
        tell(new ActivityEvent.BookingMade(ANN, FILM, CINEMA, "b1", 1, 0));
        tell(new ActivityEvent.BookingMade(ANN, FILM, CINEMA, "b2", 1, 0));
        tell(new ActivityEvent.BookingCancelled(ANN, FILM, CINEMA, "b1"));
        tell(new ActivityEvent.BookingUsed(ANN, FILM, CINEMA, "b2"));
        tell(new ActivityEvent.Unfavourited(ANN, FILM, CINEMA));
        tell(new ActivityEvent.Viewed(ANN, FILM, CINEMA));

        assertThat(driver.row(Popularity.WINDOWS.store().at("film|" + WINDOW)))
                .isEqualTo(new Window("film", WINDOW, 1, 0, 0, 0, 1, 1));
    }

    @Test
    void countsInTheWindowOfTheEventTimeNotOfThePublishing() {
        Instant longAgo = NOON.minus(Duration.ofDays(28 * 10));

        driver.pipe(ACTIVITY, new ActivityEvent.Viewed(ANN, FILM, CINEMA), longAgo, NOON);

        assertThat(driver.rows(Popularity.WINDOWS.store()))
                .containsOnlyKeys("film|" + (WINDOW - 10));
    }

    @Test
    void cutsWindowsOfTwentyEightDaysFromTheEpochOn() {
        assertThat(windowOf(Instant.EPOCH)).isZero();
        assertThat(windowOf(Instant.EPOCH.minusNanos(1))).isEqualTo(-1);
        assertThat(windowOf(Instant.EPOCH.plus(Duration.ofDays(28)))).isEqualTo(1);
        assertThat(windowOf(Instant.EPOCH.plus(Duration.ofDays(28)).minusNanos(1))).isZero();
    }

    @Test
    void appliesWhatIsAboutNoItemWithoutKeepingAnything() {
        assertThat(driver.pipe(ACTIVITY, new ActivityEvent.Registered(ANN, null), NOON))
                .contains(Outcome.APPLIED);
        assertThat(driver.rows(Popularity.WINDOWS.store())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void countsTheSameInAnyOrder(long seed) {
        new RandomActivity(seed).pipeTo(driver, 200);

        driver.foldsCommute(seed);
    }

    private static long windowOf(Instant time) {
        TimeWindows windows = Popularity.WINDOWS.windows();
        return windows.numberOf(windows.windowsOf(time).getFirst());
    }

    private void tell(ActivityEvent event) {
        driver.pipe(ACTIVITY, event, NOON);
    }
}
