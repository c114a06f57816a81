package io.farandole.streams.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.streams.relay.RelaySettings;
import io.farandole.streams.working.WorkSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class StreamsSettingsTest {

    @Test
    void hasDefaults() {
        assertThat(bind(Map.of())).isEqualTo(StreamsSettings.defaults());
        assertThat(StreamsSettings.defaults().outstandingMessages()).isEqualTo(4_000);
    }

    @Test
    void remembersSourceEventsForEverOrForLongerThanTheBrokerKeepsThem() {
        assertThat(bind(Map.of("source-horizon-days", "33")))
                .isEqualTo(StreamsSettings.defaults().withSourceHorizon(33));
        assertThatThrownBy(() -> bind(Map.of("source-horizon-days", "32")))
                .rootCause()
                .hasMessageStartingWith("farandole.streams.source-horizon-days = 32 is neither 0");
    }

    @Test
    void mapsEachSetting() {
        StreamsSettings settings =
                bind(
                        Map.ofEntries(
                                Map.entry("processors", "popularity, profile"),
                                Map.entry("workers", "4"),
                                Map.entry("batch", "100"),
                                Map.entry("outstanding-size", "8MB"),
                                Map.entry("horizon-days", "40"),
                                Map.entry("longest-restart-pause", "3s"),
                                Map.entry("drain", "5s"),
                                Map.entry("settled-retention", "3d"),
                                Map.entry("relay.threads", "3"),
                                Map.entry("relay.portion-rows", "500"),
                                Map.entry("relay.portion-size", "2MB"),
                                Map.entry("relay.lease", "9s"),
                                Map.entry("relay.poll", "20ms"),
                                Map.entry("relay.publish-timeout", "7s"),
                                Map.entry("relay.retention", "2h"),
                                Map.entry("work.lease", "20s"),
                                Map.entry("work.heartbeat", "4s"),
                                Map.entry("work.poll", "100ms")));

        assertThat(settings)
                .isEqualTo(
                        new StreamsSettings(
                                List.of("popularity", "profile"),
                                4,
                                100,
                                DataSize.ofMegabytes(8),
                                40,
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(5),
                                Duration.ofDays(3),
                                new RelaySettings(
                                        3,
                                        500,
                                        DataSize.ofMegabytes(2),
                                        Duration.ofSeconds(9),
                                        Duration.ofMillis(20),
                                        Duration.ofSeconds(7),
                                        Duration.ofHours(2)),
                                new WorkSettings(
                                        Duration.ofSeconds(20),
                                        Duration.ofSeconds(4),
                                        Duration.ofMillis(100))));
    }

    @Test
    void looksMoreOftenWhereOthersWriteTheOutboxToo() {
        assertThat(bind(Map.of("processors", "profile")).relay().poll())
                .isEqualTo(Duration.ofMillis(50));
    }

    @ParameterizedTest
    @CsvSource({
        "workers, 0",
        "batch, 0",
        "batch, 5000",
        "outstanding-size, 1KB",
        "horizon-days, 0",
        "longest-restart-pause, 10ms",
        "drain, -1s",
        "settled-retention, -1s",
        "relay.threads, 0",
        "relay.portion-rows, 0",
        "relay.lease, 10ms",
        "relay.poll, 0s",
        "relay.publish-timeout, 0s",
        "relay.retention, -1d",
        "work.lease, 9s",
        "work.heartbeat, 0s",
        "work.poll, 0s"
    })
    void refusesWhatCannotWorkAndNamesIt(String name, String value) {
        assertThatThrownBy(() -> bind(Map.of(name, value)))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("farandole.streams." + name + " = ");
    }

    private static StreamsSettings bind(Map<String, String> settings) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        settings.forEach((name, value) -> source.put("farandole.streams." + name, value));
        return new Binder(source).bindOrCreate("farandole.streams", StreamsSettings.class);
    }
}
