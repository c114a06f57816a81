package io.farandole.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventIdTest {

    private static final Instant NOW = Instant.parse("2026-11-22T09:30:00.125Z");
    private static final UUID SOURCE = Identity.of("app", "1");

    @Test
    void staysTheSameForEver() {
        UUID ingested = EventId.ingested(NOW, TopicCatalogue.ACTIVITY, SOURCE, 0);
        assertThat(ingested).isEqualTo(UUID.fromString("01a20297-4e3d-7ba5-945d-712cb6a1b8ec"));
        assertThat(
                        EventId.derived(
                                ingested, "personalisation", 1, TopicCatalogue.RECOMMENDATIONS, 0))
                .isEqualTo(UUID.fromString("01a20297-4e3d-7473-b80c-c1569e912160"));
    }

    @Test
    void carriesIngestionTimeInTheLayoutOfVersion7() {
        UUID id = EventId.ingested(NOW, TopicCatalogue.ACTIVITY, SOURCE, 0);
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(EventId.timeOf(id)).isEqualTo(NOW);
        UUID later = EventId.ingested(NOW.plusMillis(1), TopicCatalogue.ACTIVITY, SOURCE, 0);
        assertThat(later.toString()).isGreaterThan(id.toString());
    }

    @Test
    void carriesTheTimeOfWhatItDerivesFrom() {
        UUID input = EventId.ingested(NOW, TopicCatalogue.ACTIVITY, SOURCE, 0);
        UUID derived =
                EventId.derived(input, "personalisation", 1, TopicCatalogue.RECOMMENDATIONS, 0);
        assertThat(EventId.timeOf(derived)).isEqualTo(NOW);
        assertThat(derived.version()).isEqualTo(7);
    }

    @Test
    void isDatedNoEarlierThanIsAsked() {
        UUID id = EventId.ingested(NOW, TopicCatalogue.ACTIVITY, SOURCE, 0);
        UUID later = EventId.noEarlierThan(NOW.plusSeconds(5), id);

        assertThat(EventId.timeOf(later)).isEqualTo(NOW.plusSeconds(5));
        assertThat(later.version()).isEqualTo(7);
        assertThat(EventId.noEarlierThan(NOW, later)).isEqualTo(later);
        assertThat(EventId.noEarlierThan(Instant.EPOCH.minusSeconds(1), id)).isEqualTo(id);
        assertThat(later.toString().substring(14)).isEqualTo(id.toString().substring(14));
    }

    @Test
    void tellsApartWhateverDiffers() {
        UUID input = EventId.ingested(NOW, TopicCatalogue.ACTIVITY, SOURCE, 0);
        Set<UUID> ids =
                new HashSet<>(
                        Set.of(
                                input,
                                EventId.ingested(NOW, TopicCatalogue.ACTIVITY, SOURCE, 1),
                                EventId.ingested(NOW, TopicCatalogue.CATALOGUE, SOURCE, 0),
                                EventId.ingested(
                                        NOW, TopicCatalogue.ACTIVITY, Identity.of("app", "2"), 0),
                                EventId.derived(
                                        input,
                                        "personalisation",
                                        1,
                                        TopicCatalogue.RECOMMENDATIONS,
                                        0),
                                EventId.derived(
                                        input,
                                        "personalisation",
                                        2,
                                        TopicCatalogue.RECOMMENDATIONS,
                                        0),
                                EventId.derived(
                                        input,
                                        "personalisation",
                                        1,
                                        TopicCatalogue.RECOMMENDATIONS,
                                        1),
                                EventId.derived(
                                        input, "personalisation", 1, TopicCatalogue.OPERATIONS, 0),
                                EventId.derived(
                                        input,
                                        "popularity",
                                        1,
                                        TopicCatalogue.RECOMMENDATIONS,
                                        0)));
        assertThat(ids).hasSize(9);
    }

    @Test
    void givesATickTheSameIdWhoeverSendsIt() {
        UUID tick = EventId.ticked("training", NOW);
        assertThat(tick).isEqualTo(UUID.fromString("01a20297-4e3d-70a9-85e0-d0bac9d2a5ae"));
        assertThat(tick.version()).isEqualTo(7);
        assertThat(EventId.timeOf(tick)).isEqualTo(NOW);
        assertThat(EventId.ticked("warehouse", NOW)).isNotEqualTo(tick);
        assertThat(EventId.ticked("training", NOW.plusNanos(1))).isNotEqualTo(tick);
    }

    @Test
    void refusesATimeThatDoesNotFit() {
        assertThatThrownBy(
                        () ->
                                EventId.ingested(
                                        Instant.EPOCH.minusMillis(1),
                                        TopicCatalogue.USERS,
                                        SOURCE,
                                        0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
