package io.farandole.processors.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class IngestionSettingsTest {

    @Test
    void hasDefaults() {
        assertThat(bound(Map.of()))
                .isEqualTo(new IngestionSettings("validate|clean", Duration.ofMinutes(5)));
    }

    @Test
    void isReadFromProperties() {
        assertThat(
                        bound(
                                Map.of(
                                        "farandole.ingestion.steps", "validate",
                                        "farandole.ingestion.clock-tolerance", "30s")))
                .isEqualTo(new IngestionSettings("validate", Duration.ofSeconds(30)));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> bound(Map.of("farandole.ingestion.clock-tolerance", "-1s")))
                .hasRootCauseMessage("farandole.ingestion.clock-tolerance = PT-1S is negative");
        assertThatThrownBy(() -> new IngestionSettings(" ", Duration.ZERO))
                .hasMessageContaining("farandole.ingestion.steps is blank");
    }

    private static IngestionSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("farandole.ingestion", IngestionSettings.class);
    }
}
