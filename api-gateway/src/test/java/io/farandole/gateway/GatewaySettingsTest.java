package io.farandole.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class GatewaySettingsTest {

    @Test
    void hasDefaultsForEverything() {
        assertThat(bound(Map.of()))
                .isEqualTo(
                        new GatewaySettings(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(2),
                                null,
                                new GatewaySettings.Access(
                                        GatewaySettings.Access.Keyless.NOBODY,
                                        Duration.ofSeconds(5),
                                        1000,
                                        50,
                                        List.of()),
                                new GatewaySettings.Credits(30_000, 10_000, Integer.MAX_VALUE),
                                ZoneId.of("Europe/Paris"),
                                new GatewaySettings.Events(
                                        Duration.ofSeconds(5),
                                        DataSize.ofMegabytes(1),
                                        1000,
                                        Duration.ofMinutes(5)),
                                new GatewaySettings.Impressions(
                                        true, 10_000, Duration.ofSeconds(5)),
                                new GatewaySettings.WarmUp(40)));
    }

    @Test
    void takesEverythingFromProperties() {
        assertThat(
                        bound(
                                Map.ofEntries(
                                        Map.entry("farandole.api.list-deadline", "300ms"),
                                        Map.entry("farandole.api.popular-deadline", "400ms"),
                                        Map.entry("farandole.api.popular-freshness", "9s"),
                                        Map.entry("farandole.api.retry-after", "7s"),
                                        Map.entry("farandole.api.access.keyless", "loopback"),
                                        Map.entry("farandole.api.access.key-freshness", "8s"),
                                        Map.entry("farandole.api.access.per-second", "9"),
                                        Map.entry("farandole.api.access.unknown-per-second", "6"),
                                        Map.entry("farandole.api.credits.unknown-cents", "1"),
                                        Map.entry("farandole.api.credits.digital-cap-cents", "2"),
                                        Map.entry("farandole.api.credits.physical-cap-cents", "3"),
                                        Map.entry("farandole.api.zone", "Asia/Tokyo"),
                                        Map.entry(
                                                "farandole.api.access.origins",
                                                "https://a.example,https://b.example"),
                                        Map.entry("farandole.api.events.publish-deadline", "3s"),
                                        Map.entry("farandole.api.events.largest-body", "2KB"),
                                        Map.entry("farandole.api.events.largest-batch", "10"),
                                        Map.entry("farandole.api.events.most-ahead", "1m"),
                                        Map.entry("farandole.api.warm-up.requests", "0"),
                                        Map.entry("farandole.api.impressions.enabled", "false"),
                                        Map.entry("farandole.api.impressions.buffer", "5"),
                                        Map.entry(
                                                "farandole.api.impressions.drain-deadline", "1s"))))
                .isEqualTo(
                        new GatewaySettings(
                                Duration.ofMillis(300),
                                Duration.ofMillis(400),
                                Duration.ofSeconds(9),
                                Duration.ofSeconds(7),
                                null,
                                new GatewaySettings.Access(
                                        GatewaySettings.Access.Keyless.LOOPBACK,
                                        Duration.ofSeconds(8),
                                        9,
                                        6,
                                        List.of("https://a.example", "https://b.example")),
                                new GatewaySettings.Credits(1, 2, 3),
                                ZoneId.of("Asia/Tokyo"),
                                new GatewaySettings.Events(
                                        Duration.ofSeconds(3),
                                        DataSize.ofKilobytes(2),
                                        10,
                                        Duration.ofMinutes(1)),
                                new GatewaySettings.Impressions(false, 5, Duration.ofSeconds(1)),
                                new GatewaySettings.WarmUp(0)));
    }

    @ParameterizedTest
    @CsvSource({
        "list-deadline, 0s",
        "list-deadline, -1s",
        "popular-deadline, 0s",
        "popular-freshness, 0s",
        "retry-after, 500ms",
        "access.key-freshness, 0s",
        "access.per-second, 0",
        "access.unknown-per-second, 0",
        "access.origins, *",
        "credits.unknown-cents, -1",
        "credits.digital-cap-cents, -1",
        "credits.physical-cap-cents, -1",
        "events.publish-deadline, 0s",
        "events.largest-body, 0B",
        "events.largest-body, 11MB",
        "events.largest-batch, 0",
        "events.most-ahead, -1s",
        "impressions.buffer, 0",
        "impressions.buffer, 20001",
        "impressions.drain-deadline, 0s",
        "warm-up.requests, -1"
    })
    void refusesWhatCannotWorkAndNamesIt(String name, String value) {
        assertThatThrownBy(() -> bound(Map.of("farandole.api." + name, value)))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("farandole.api." + name + " is ")
                .hasMessageContaining("it must be");
    }

    private static GatewaySettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("farandole.api", GatewaySettings.class);
    }
}
