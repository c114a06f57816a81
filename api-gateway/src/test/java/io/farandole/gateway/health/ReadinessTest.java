package io.farandole.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.gateway.offers.Offers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** How old data may be in an instance that is ready. */
class ReadinessTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Map<String, Instant> AS_OF =
            Map.of("profile", NOW.minusSeconds(30), "catalogue", NOW.minusSeconds(90));

    @Test
    void ofADemonstrationDataMayBeYearsOld() {
        Health health = AgeOfReadModels.of(AS_OF, null, NOW);
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).isEqualTo(AS_OF);
        assertThat(AgeOfReadModels.of(Map.of(), null, NOW).getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void whereABoundIsSetEachReadModelHasToKeepIt() {
        assertThat(AgeOfReadModels.of(AS_OF, Duration.ofSeconds(90), NOW).getStatus())
                .isEqualTo(Status.UP);
        Health old = AgeOfReadModels.of(AS_OF, Duration.ofSeconds(89), NOW);
        assertThat(old.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(old.getDetails()).containsKeys("reason", "catalogue");
        assertThat(AgeOfReadModels.of(Map.of(), Duration.ofDays(9), NOW).getStatus())
                .isEqualTo(Status.OUT_OF_SERVICE);
    }

    @Test
    void offersHaveToBeReadAndFresh() {
        assertThat(FreshOffers.of(new Offers.State(0, null, true, false)).getStatus())
                .isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(
                        FreshOffers.of(new Offers.State(9, Duration.ofHours(1), false, false))
                                .getStatus())
                .isEqualTo(Status.OUT_OF_SERVICE);
        Health fresh = FreshOffers.of(new Offers.State(9, Duration.ofMillis(7), true, true));
        assertThat(fresh.getStatus()).isEqualTo(Status.UP);
        assertThat(fresh.getDetails())
                .isEqualTo(Map.of("offers", 9, "atMostOldMillis", 7L, "eventsAreHeard", true));
    }
}
