package io.farandole.streams.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FingerprintsTest {

    private static String of(String reason, String place) {
        return Fingerprints.of(new Misfortune(DeadLetterCause.UNDECODABLE, reason, place));
    }

    @Test
    void areAlikeForTheSameTroubleWithOtherNumbers() {
        assertThat(of("is 17, not at most 5", "$.rated.values[3]"))
                .isEqualTo(of("is 99, not at most 5", "$.rated.values[12]"))
                .hasSize(12);
        assertThat(of("id \"a b\" is taken", "")).isEqualTo(of("id \"c\" is taken", ""));
    }

    @Test
    void differByPlaceAndReason() {
        assertThat(of("is missing", "$.rated.value"))
                .isNotEqualTo(of("is missing", "$.rated.user"))
                .isNotEqualTo(of("is blank", "$.rated.value"));
    }
}
