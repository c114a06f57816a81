package io.farandole.processors.profile;

import static io.farandole.events.TopicCatalogue.ACTIVITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.farandole.events.ActivityEvent;
import io.farandole.events.Cause;
import io.farandole.events.ItemId;
import io.farandole.events.OfferId;
import io.farandole.events.UserId;
import io.farandole.processors.RandomActivity;
import io.farandole.streams.testing.ProcessorDriver;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final UserId ANN = new UserId("ann");
    private static final ItemId FILM = new ItemId("film");
    private static final OfferId CINEMA = new OfferId("cinema");

    private final ProcessorDriver driver = ProcessorDriver.of(Profile.describe());

    @Test
    void keepsTheRatingGivenLastAndWhatCausedIt() {
        tell(new ActivityEvent.Rated(ANN, FILM, CINEMA, 5), 10);
        tell(new ActivityEvent.Rated(ANN, FILM, CINEMA, 1), 5);

        Had had = had("ann|film");
        assertThat(had.value()).isEqualTo(5.0);
        assertThat(had.at()).isEqualTo(NOON.plusSeconds(10));
        assertThat(had.causedBy()).isEqualTo(new Cause("driver", "event-0"));
    }

    @Test
    void keepsWhatBecameOfEachBooking() {
        tell(new ActivityEvent.BookingCancelled(ANN, FILM, CINEMA, "b2"), 9);
        tell(new ActivityEvent.BookingMade(ANN, FILM, CINEMA, "b2", 2, 1200), 1);
        tell(new ActivityEvent.BookingMade(ANN, FILM, CINEMA, "b1", 1, 600), 2);

        assertThat(had("ann|film").bookings())
                .extracting(Booking::booking, Booking::state, Booking::quantity)
                .containsExactly(
                        tuple("b1", Booking.State.MADE, 1),
                        tuple("b2", Booking.State.CANCELLED, 2));
    }

    @Test
    void keepsAFavouriteUntilItIsNoneAnyMore() {
        tell(new ActivityEvent.Favourited(ANN, FILM, CINEMA), 1);
        assertThat(had("ann|film").favourite()).isTrue();

        tell(new ActivityEvent.Unfavourited(ANN, FILM, CINEMA), 2);
        assertThat(had("ann|film").favourite()).isFalse();
    }

    @Test
    void keepsWhatAUserIsKnownBy() {
        tell(new ActivityEvent.Registered(ANN, LocalDate.of(2008, 2, 29)), 0);
        tell(new ActivityEvent.CreditGranted(ANN, 30_000, null), 1);
        tell(new ActivityEvent.CreditSpent(ANN, 1_200), 2);
        tell(new ActivityEvent.OnboardingAnswered(ANN, List.of("Jazz")), 3);

        User user = user("ann");
        assertThat(user.birthDate()).isEqualTo(LocalDate.of(2008, 2, 29));
        assertThat(user.creditCents()).isEqualTo(28_800);
        assertThat(user.onboarding()).containsExactly("Jazz");
    }

    @Test
    void forgetsAnErasedUserButForTheErasure() {
        tell(new ActivityEvent.Registered(ANN, LocalDate.of(2008, 2, 29)), 0);
        tell(new ActivityEvent.CreditGranted(ANN, 30_000, null), 1);
        tell(new ActivityEvent.Rated(ANN, FILM, CINEMA, 5), 2);
        tell(new ActivityEvent.Rated(new UserId("ann|b"), FILM, CINEMA, 5), 2);
        tell(new ActivityEvent.Erased(ANN), 3);

        assertThat(driver.rows(Profile.ITEMS)).containsOnlyKeys("ann%7Cb|film");
        assertThat(user("ann").birthDate()).isNull();
        assertThat(user("ann").creditCents()).isZero();
        assertThat(user("ann").erased()).isNotNull();
    }

    @Test
    void ignoresWhatHappenedBeforeAnErasureAndKeepsWhatHappensAfter() {
        tell(new ActivityEvent.Erased(ANN), 3);
        tell(new ActivityEvent.Rated(ANN, FILM, CINEMA, 5), 2);
        assertThat(driver.rows(Profile.ITEMS)).isEmpty();

        tell(new ActivityEvent.Rated(ANN, FILM, CINEMA, 4), 4);
        assertThat(had("ann|film").value()).isEqualTo(4.0);
    }

    @Test
    void erasesWithinTheBatchThatAlsoMakesTheRow() {
        driver.pipeTogether(
                ACTIVITY,
                List.of(
                        driver.message(ACTIVITY, new ActivityEvent.Viewed(ANN, FILM, CINEMA), NOON),
                        driver.message(
                                ACTIVITY, new ActivityEvent.Erased(ANN), NOON.plusSeconds(1))));

        assertThat(driver.rows(Profile.ITEMS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void knowsTheSameInAnyOrder(long seed) {
        new RandomActivity(seed).pipeTo(driver, 200);

        driver.foldsCommute(seed);
    }

    private void tell(ActivityEvent event, long second) {
        driver.pipe(ACTIVITY, event, NOON.plusSeconds(second));
    }

    private Had had(String key) {
        return Objects.requireNonNull(driver.row(Profile.ITEMS.at(key)));
    }

    private User user(String key) {
        return Objects.requireNonNull(driver.row(Profile.USERS.at(key)));
    }
}
