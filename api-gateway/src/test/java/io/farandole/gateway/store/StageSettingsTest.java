package io.farandole.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class StageSettingsTest {

    @Test
    void hasDefaultsForEverything() {
        assertThat(bound(Map.of()))
                .isEqualTo(
                        new StageSettings(
                                Duration.ofSeconds(4),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(10),
                                new StageSettings.Breakers(20, 50, Duration.ofSeconds(2), 3)));
    }

    @ParameterizedTest
    @CsvSource({
        "deadline, 0s",
        "needed-deadline, 0s",
        "offers-deadline, -1s",
        "breakers.window, 1",
        "breakers.failure-percent, 0",
        "breakers.failure-percent, 101",
        "breakers.open-for, 0s",
        "breakers.tries, 0"
    })
    void refusesWhatCannotWorkAndNamesIt(String name, String value) {
        assertThatThrownBy(() -> bound(Map.of("farandole.api." + name, value)))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("farandole.api." + name + " is ")
                .hasMessageContaining("it must be");
    }

    private static StageSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("farandole.api", StageSettings.class);
    }
}
