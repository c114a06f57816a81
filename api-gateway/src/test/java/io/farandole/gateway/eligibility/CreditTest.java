package io.farandole.gateway.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.gateway.eligibility.Credit.Movement;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CreditTest {

    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

    @Test
    void isWhatWasGrantedLessWhatWasSpent() {
        assertThat(left(100)).isZero();
        assertThat(left(100, granted(0, 300, null), spent(1, 120))).isEqualTo(180);
    }

    @Test
    void aGrantThatEndedIsGoneWithWhatWasSpentOfIt() {
        Movement[] all = {granted(0, 30, 10), spent(5, 20), granted(10, 300, null), spent(11, 50)};
        assertThat(left(9, all[0], all[1])).isEqualTo(10);
        assertThat(left(10, all[0], all[1])).isZero();
        assertThat(left(12, all)).isEqualTo(250);
    }

    @Test
    void theGrantThatEndsFirstIsSpentFirst() {
        assertThat(left(11, granted(0, 100, null), granted(1, 30, 10), spent(2, 40))).isEqualTo(90);
    }

    @Test
    void whatNoGrantCoveredIsOwedAndNeverLessThanNothing() {
        assertThat(left(9, spent(1, 40), granted(2, 100, null))).isEqualTo(60);
        assertThat(left(9, granted(0, 10, null), spent(1, 40))).isZero();
    }

    private static long left(long second, Movement... movements) {
        return Credit.left(List.of(movements), START.plusSeconds(second));
    }

    private static Movement granted(long second, int cents, @Nullable Integer expires) {
        return new Movement(
                START.plusSeconds(second),
                cents,
                expires == null ? null : START.plusSeconds(expires));
    }

    private static Movement spent(long second, int cents) {
        return new Movement(START.plusSeconds(second), -cents, null);
    }
}
