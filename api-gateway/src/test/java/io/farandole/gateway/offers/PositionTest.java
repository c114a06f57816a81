package io.farandole.gateway.offers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PositionTest {

    @Test
    void isASphericalWayFromAnother() {
        Position paris = new Position(48.8566, 2.3522);
        Position marseille = new Position(43.2965, 5.3698);
        assertThat(paris.metresTo(marseille)).isCloseTo(660_500, within(1_500.0));
        assertThat(paris.metresTo(paris)).isZero();
        assertThat(new Position(0, 180).metresTo(new Position(0, -180)))
                .isCloseTo(0, within(0.001));
    }

    @ParameterizedTest
    @CsvSource({"90.1, 0", "-91, 0", "NaN, 0", "0, 180.1", "0, NaN"})
    void isOnEarth(double latitude, double longitude) {
        assertThatThrownBy(() -> new Position(latitude, longitude))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void doesNotShowItself() {
        assertThat(new Position(48.8566, 2.3522).toString()).doesNotContain("48");
    }
}
