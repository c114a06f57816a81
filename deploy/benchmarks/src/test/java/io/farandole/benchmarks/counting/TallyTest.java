package io.farandole.benchmarks.counting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TallyTest {

    private static final Instant TIME = Instant.parse("2026-01-01T10:59:59Z");

    private final Tally tally = new Tally();

    TallyTest() {
        assertThat(tally.add(fact("a", TIME))).isEqualTo(1);
        assertThat(tally.add(fact("a", TIME))).isEqualTo(2);
        assertThat(tally.add(fact("a", TIME.plusSeconds(1)))).isEqualTo(1);
        assertThat(tally.rows()).isEqualTo(2);
    }

    @Test
    void rightCountsHaveNoFlaw() {
        found(2, 1);
        assertThat(tally.flaw()).isEmpty();
    }

    @Test
    void oneThatIsCountedTwiceIsAFlaw() {
        found(3, 1);
        assertThat(tally.flaw())
                .hasValueSatisfying(
                        flaw ->
                                assertThat(flaw)
                                        .contains("3 events were sent, the sum of counts is 4")
                                        .contains("is 3, it has to be 2"));
    }

    @Test
    void oneThatIsCountedInTheOtherWindowIsAFlawThoughTheSumIsRight() {
        found(1, 2);
        assertThat(tally.flaw())
                .hasValueSatisfying(flaw -> assertThat(flaw).contains("2 rows are wrong"));
    }

    @Test
    void aRowThatLacksIsAFlaw() {
        tally.found(fact("a", TIME).counted(), 2);
        assertThat(tally.flaw())
                .hasValueSatisfying(flaw -> assertThat(flaw).contains("1 are missing"));
    }

    @Test
    void aRowThatShouldNotBeIsAFlaw() {
        found(2, 1);
        tally.found("b@0", 1);
        assertThat(tally.flaw())
                .hasValueSatisfying(flaw -> assertThat(flaw).contains("b@0 is 1, it has to be 0"));
    }

    private void found(long first, long second) {
        tally.found(fact("a", TIME).counted(), first);
        tally.found(fact("a", TIME.plusSeconds(1)).counted(), second);
    }

    private static Fact fact(String key, Instant time) {
        return new Fact(0, key, time);
    }
}
