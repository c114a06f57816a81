package io.farandole.benchmarks.counting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AwaitingTest {

    private static final Instant TIME = Instant.parse("2026-01-01T10:00:00Z");

    private final Awaiting awaiting = new Awaiting(1);

    @Test
    void aCountShowsAllEventsUpToItAndNoneAfter() {
        for (int number = 0; number < 4; number++) {
            awaiting.await(fact(number), number + 1, System.nanoTime());
        }
        awaiting.seen(fact(0).counted(), 3);
        assertThat(awaiting.left()).isEqualTo(1);
        assertThat(awaiting.millis()).as("the first was to get warm").hasSize(2);
        assertThat(awaiting.rows()).containsExactly(fact(0).counted());

        awaiting.seen(fact(0).counted(), 4);
        assertThat(awaiting.left()).isZero();
        assertThat(awaiting.rows()).isEmpty();
    }

    @Test
    void anotherRowShowsNothing() {
        awaiting.await(fact(1), 1, System.nanoTime());
        awaiting.seen("other@0", 100);
        assertThat(awaiting.left()).isEqualTo(1);
    }

    private static Fact fact(int number) {
        return new Fact(number, "key", TIME);
    }
}
