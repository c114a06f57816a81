package io.farandole.orchestrator.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RunsSettingsTest {

    @Test
    void hasDefaults() {
        assertThat(bound(Map.of()).deadlines()).isEqualTo(Deadlines.DEFAULT);
    }

    @Test
    void isReadFromProperties() {
        assertThat(
                        bound(Map.of("farandole.orchestrator.runs.deadlines.gate", "5s"))
                                .deadlines()
                                .gate())
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void refusesADeadlineThatIsOverAtOnce() {
        assertThatThrownBy(
                        () -> bound(Map.of("farandole.orchestrator.runs.deadlines.dataset", "0s")))
                .hasRootCauseMessage(
                        "farandole.orchestrator.runs.deadlines.dataset = PT0S is not positive");
    }

    private static RunsSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate(RunsSettings.PREFIX, RunsSettings.class);
    }
}
