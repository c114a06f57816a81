package io.farandole.gateway.offers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What can be set about the memory of offers. */
class OfferSettingsTest {

    private static final String AT = "farandole.api.offers";

    @Test
    void hasWhatSuitsADemonstration() {
        OfferSettings usual = bound(Map.of());
        assertThat(usual.reloadEvery()).isEqualTo(Duration.ofMinutes(5));
        assertThat(usual.oldest()).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"reload-every", "settle-for", "current-within", "ahead", "oldest"})
    void refusesWhatCannotWork(String name) {
        assertThatThrownBy(() -> bound(Map.of(AT + "." + name, "0s")))
                .rootCause()
                .hasMessageStartingWith(AT + "." + name + " is ");
    }

    private static OfferSettings bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate(AT, OfferSettings.class);
    }
}
