package io.farandole.orchestrator.ticking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class TickingSettingsTest {

    @Test
    void hasNoScheduleUnlessOneIsSet() {
        assertThat(bound(Map.of()).all()).isEmpty();
        assertThat(bound(Map.of("farandole.orchestrator.schedules.training", "-")).all()).isEmpty();
    }

    @Test
    void tellsTheDueTimesOfAScheduleInUtc() {
        Schedule nightly =
                bound(Map.of("farandole.orchestrator.schedules.training", "0 0 3 * * *"))
                        .all()
                        .getFirst();

        assertThat(nightly.name()).isEqualTo("training");
        assertThat(
                        nightly.due(
                                Instant.parse("2026-03-01T03:00:00Z"),
                                Instant.parse("2026-03-03T03:00:00Z")))
                .containsExactly(
                        Instant.parse("2026-03-02T03:00:00Z"),
                        Instant.parse("2026-03-03T03:00:00Z"));
    }

    @Test
    void refusesWhatIsNoCronExpression() {
        assertThatThrownBy(
                        () -> bound(Map.of("farandole.orchestrator.schedules.nightly", "at three")))
                .rootCause()
                .satisfies(
                        cause ->
                                assertThat(cause.getMessage())
                                        .contains("Cron expression must consist of 6 fields"));
        assertThatThrownBy(() -> new TickingSettings(Map.of("nightly", "0 0 25 * * *")))
                .hasMessageStartingWith(
                        "farandole.orchestrator.schedules.nightly = \"0 0 25 * * *\" is no cron"
                                + " expression: ");
    }

    private static TickingSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("farandole.orchestrator", TickingSettings.class);
    }
}
