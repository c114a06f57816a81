package io.farandole.gateway.impressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OutboxSettingsTest {

    private static final String URL = "r2dbc:postgresql://db/farandole";

    @Test
    void neverShowsThePassword() {
        assertThat(new OutboxSettings(URL, "farandole_gateway", "secret").toString())
                .contains(URL)
                .doesNotContain("secret");
    }

    @Test
    void refusesHalfOfIt() {
        assertThatThrownBy(() -> new OutboxSettings(URL, "farandole_gateway", null))
                .hasMessageContaining("farandole.api.outbox.password");
        assertThat(new OutboxSettings(null, null, null)).hasToString("OutboxSettings[none]");
    }
}
