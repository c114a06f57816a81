package io.farandole.benchmarks.counting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DrainingTest {

    private static final long START = Duration.ofSeconds(10).toNanos();
    private static final long BEGUN = Duration.ofSeconds(12).toNanos();
    private static final long END = Duration.ofSeconds(22).toNanos();

    @Test
    void theRateLeavesOutTheTimeUntilCountingBegan() {
        assertThat(Draining.perSecond(1_000, 50, START, BEGUN, END)).isEqualTo(95);
    }

    @Test
    void whatWasCountedBeforeTheFirstLookTookItsTimeToo() {
        assertThat(Draining.perSecond(1_200, 600, START, BEGUN, END)).isEqualTo(100);
    }
}
