package io.farandole.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreshnessTest {

    @Test
    void oneSlowAnswerInAHundredBreaksNoPromise() {
        List<Trial> trials = new ArrayList<>(Collections.nCopies(99, took(30)));
        trials.add(took(5_000));

        assertThat(Freshness.brokenPromise(trials)).isEmpty();
    }

    @Test
    void twoSlowAnswersInAHundredBreakThePromise() {
        List<Trial> trials = new ArrayList<>(Collections.nCopies(98, took(30)));
        trials.addAll(List.of(took(1_200), took(5_000)));

        assertThat(Freshness.brokenPromise(trials))
                .contains("p99 in the next GET is 1,200 ms; at most 1,000 ms are promised");
    }

    private static Trial took(long millis) {
        Duration answered = Duration.ofMillis(millis);
        return new Trial("user", "item", answered, answered, "");
    }
}
