package io.farandole.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    @Test
    void readsWhatTheJdkWrites() {
        long seed = Seeds.next("Rfc3339Test");
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            Instant instant =
                    Instant.ofEpochSecond(
                            random.nextLong(
                                    FIRST.getEpochSecond() + 86_400,
                                    LAST.getEpochSecond() - 86_400),
                            switch (random.nextInt(4)) {
                                case 0 -> 0;
                                case 1 -> random.nextInt(1_000) * 1_000_000L;
                                case 2 -> random.nextInt(1_000_000) * 1_000L;
                                default -> random.nextInt(1_000_000_000);
                            });
            assertThat(Rfc3339.instant(instant.toString())).isEqualTo(instant);
            OffsetDateTime elsewhere =
                    instant.atOffset(
                            ZoneOffset.ofTotalSeconds(60 * random.nextInt(-18 * 60, 18 * 60 + 1)));
            if (elsewhere.getSecond() != 0 || elsewhere.getNano() != 0) {
                assertThat(Rfc3339.instant(elsewhere.toString())).isEqualTo(instant);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-22",
                "2026-11-22T09:30Z",
                "2026-11-22T09:30:00",
                "2026-11-22 09:30:00Z",
                "2026-11-22T24:00:00Z",
                "2026-11-22T09:60:00Z",
                "2026-11-22T09:30:60Z",
                "2026-02-29T09:30:00Z",
                "2026-13-01T09:30:00Z",
                "0000-01-01T00:00:00Z",
                "0001-01-01T00:00:00+01:00",
                "2026-11-22T09:30:00.Z",
                "2026-11-22T09:30:00.1234567890Z",
                "2026-11-22T09:30:00+0100",
                "2026-11-22T09:30:00+24:00",
                "2026-11-22T09:30:00Zx",
                "-026-11-22T09:30:00Z",
                "２０２６-11-22T09:30:00Z"
            })
    void refusesWhatIsNoInstant(String text) {
        assertThat(Rfc3339.instant(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-02-29",
                "2026-1-1",
                "0000-01-01",
                "2026/01/01",
                "+2026-01-01",
                "2026-01-01T"
            })
    void refusesWhatIsNoDate(String text) {
        assertThat(Rfc3339.date(text)).isNull();
    }
}
