package io.farandole.recommenders.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.recommenders.dataset.Histories;
import io.farandole.recommenders.dataset.Interaction;
import io.farandole.recommenders.model.Choice;
import io.farandole.recommenders.model.ModelSpec;
import io.farandole.recommenders.model.ModelSpec.Linear;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is tried, and what a slow machine does not begin. */
class TrialsTest {

    private static final Linear ONE = new ModelSpec.Graph(0, 1, 1, 0.5);
    private static final Linear ANOTHER = new ModelSpec.Graph(0, 1, 1, 0.4);

    private final AtomicReference<Double> elapsed = new AtomicReference<>(0.0);

    @Test
    void beginsNothingThatWouldEndTooLateAtTheSpeedSoFar() {
        Trials trials = trials(20 * units());
        trials.ask(ONE, 10);
        elapsed.set(0.3);

        assertThat(trials.ask(ANOTHER, 10).areNone()).isTrue();
        assertThat(tried(trials).getLast().note()).isEqualTo(Choice.LATE);
        assertThat(trials.wouldEndInTime(ANOTHER)).isTrue();
        elapsed.set(0.6);
        assertThat(trials.wouldEndInTime(ANOTHER)).isFalse();
    }

    @Test
    void triesWhatEndsInTime() {
        Trials trials = trials(20 * units());
        trials.ask(ONE, 10);
        elapsed.set(0.1);

        assertThat(trials.ask(ANOTHER, 10).areNone()).isFalse();
        assertThat(tried(trials)).allMatch(one -> one.note().isEmpty());
    }

    @Test
    void asksNothingTwice() {
        Trials trials = trials(1_000);

        assertThat(trials.ask(ONE, 10)).isSameAs(trials.ask(ONE, 10));
        assertThat(tried(trials)).hasSize(1);
    }

    /** Of one of them. */
    private double units() {
        Trials trials = trials(1_000);
        trials.ask(ONE, 10);
        return tried(trials).getFirst().units();
    }

    private static List<Choice.Tried> tried(Trials trials) {
        return trials.choice(ModelSpec.Popularity.UNDECAYED, 0).tried();
    }

    private Trials trials(double budget) {
        List<Interaction> acts =
                IntStream.range(0, 200)
                        .mapToObj(
                                i ->
                                        Interaction.of(
                                                "u" + i % 20, "i" + i / 20 * i % 13, Instant.EPOCH))
                        .toList();
        return new Trials(
                Validation.of(Acts.of(Histories.of(acts)), 0),
                0,
                budget,
                elapsed::get,
                new MemoryBudget(1L << 40, 1L << 40),
                Progress.SILENT);
    }
}
