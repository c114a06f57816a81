package io.farandole.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TookTest {

    @ParameterizedTest
    @CsvSource({
        "0.04, 0.0 s",
        "12.34, 12.3 s",
        "60, 1 min 0 s",
        "3599.4, 59 min 59 s",
        "3600, 1 h 0 min",
        "183600, 2 d 3 h"
    })
    void tellsTwoUnitsAtMost(double seconds, String text) {
        assertThat(Took.text(seconds)).isEqualTo(text);
    }
}
