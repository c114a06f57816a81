package io.farandole.orchestrator.runs;

import static io.farandole.events.TopicCatalogue.TRAINING;
import static io.farandole.orchestrator.runs.Telling.RUN;
import static io.farandole.orchestrator.runs.Telling.approved;
import static io.farandole.orchestrator.runs.Telling.datasetReady;
import static io.farandole.orchestrator.runs.Telling.evaluated;
import static io.farandole.orchestrator.runs.Telling.failed;
import static io.farandole.orchestrator.runs.Telling.rejected;
import static io.farandole.orchestrator.runs.Telling.released;
import static io.farandole.orchestrator.runs.Telling.requested;
import static io.farandole.orchestrator.runs.Telling.said;
import static io.farandole.orchestrator.runs.Telling.trained;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.farandole.events.Message;
import io.farandole.events.TrainingEvent;
import io.farandole.streams.testing.ProcessorDriver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private ProcessorDriver driver = ProcessorDriver.of(Runs.describe());
    private Instant now = NOON;

    @BeforeEach
    void begin() {
        driver = ProcessorDriver.of(Runs.describe());
        now = NOON;
    }

    @Test
    void goesFromStepToStepUntilTheReleaseAndTellsWhatItWaitsFor() {
        Message<TrainingEvent> request = say(requested(), "orchestrator", null);
        assertAwaits("dataset", NOON);
        Message<TrainingEvent> ready = say(datasetReady(), "dataset", request);
        assertAwaits("training", now);
        Message<TrainingEvent> first = say(trained(1), "training", ready);
        assertThat(summary().awaited())
                .extracting(Awaited::step)
                .containsExactly("evaluation", "training");
        Message<TrainingEvent> second = say(trained(2), "training", ready);
        assertAwaits("evaluation", now.minus(Duration.ofMinutes(1)));
        say(evaluated(1), "evaluation", first);
        assertAwaits("evaluation", now);
        Message<TrainingEvent> last = say(evaluated(2), "evaluation", second);
        assertAwaits("gate", now);
        Message<TrainingEvent> verdict = say(approved(), "gate", last);
        assertAwaits("deployment", now);
        assertThat(summary().model()).isEqualTo("ease:lambda=200");
        say(released(), "deployment", verdict);

        now = now.plus(Duration.ofDays(1));
        RunSummary summary = summary();
        assertThat(summary.state()).isEqualTo(RunState.DONE);
        assertThat(summary.awaited()).isEmpty();
        assertThat(summary.seconds()).isEqualTo(7 * 60.0);
        assertThat(summary.reasons()).containsExactly("it is better than popularity");
    }

    @Test
    void isStalledWhileAStepIsSilentAndGoesOnWhenItIsBack() {
        Message<TrainingEvent> request = say(requested(), "orchestrator", null);
        Message<TrainingEvent> ready = say(datasetReady(), "dataset", request);
        Instant turn = now;
        // The models of both candidates are told together, when both are there.
        now = turn.plus(Deadlines.DEFAULT.training().multipliedBy(2));
        assertThat(summary().state()).isEqualTo(RunState.RUNNING);
        now = now.plusMillis(1);

        assertThat(summary().state()).isEqualTo(RunState.STALLED);
        assertThat(summary().awaited()).containsExactly(new Awaited("training", turn, 3_600, true));
        assertThat(kept().state()).isEqualTo(RunState.RUNNING);

        say(trained(1), "training", ready);
        assertThat(summary().state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void isStalledByAnEvaluationThatIsSilentAlthoughTrainingGoesOn() {
        Message<TrainingEvent> ready = say(datasetReady(), "dataset", null);
        say(trained(1), "training", ready);
        Instant turn = now;
        now = now.plus(Deadlines.DEFAULT.evaluation()).plusSeconds(1);
        assertThat(summary().state()).isEqualTo(RunState.STALLED);
        assertThat(summary().awaited().getFirst())
                .isEqualTo(new Awaited("evaluation", turn, 900, true));

        say(trained(2), "training", ready);
        assertThat(summary().state()).isEqualTo(RunState.STALLED);
    }

    @Test
    void tellsWhyARunWasRejectedOrFailed() {
        Message<TrainingEvent> request = say(requested(), "orchestrator", null);
        say(failed(), "training", request);
        assertThat(summary().state()).isEqualTo(RunState.FAILED);
        assertThat(summary().reasons()).containsExactly("training: it ran out of memory");

        say(rejected(), "gate", request);
        assertThat(summary().state()).isEqualTo(RunState.REJECTED);
        assertThat(summary().reasons()).containsExactly("it is no better than popularity");

        say(released(), "deployment", request);
        say(failed(), "deployment", request);
        assertThat(summary().state()).isEqualTo(RunState.DONE);
    }

    @Test
    void showsWhatWasUsedAndMadeAndHowLongEachStepTook() {
        Message<TrainingEvent> request = say(requested(), "orchestrator", null);
        Message<TrainingEvent> ready = say(datasetReady(), "dataset", request);
        Message<TrainingEvent> model = say(trained(2), "training", ready);
        say(evaluated(2), "evaluation", model);

        RunDetails details = RunDetails.of(kept(), Deadlines.DEFAULT, now);

        assertThat(details.requested()).isEqualTo(requested());
        assertThat(details.dataset()).isEqualTo(datasetReady());
        assertThat(details.candidates())
                .containsExactly(
                        new RunDetails.Candidate(1, "ease:lambda=200", null, null),
                        new RunDetails.Candidate(
                                2, "popularity:half-life=730d", trained(2), evaluated(2)));
        assertThat(details.release()).isNull();
        assertThat(details.timeline())
                .extracting(Happening::kind, Happening::step, Happening::seconds)
                .containsExactly(
                        tuple("requested", "orchestrator", null),
                        tuple("datasetReady", "dataset", 60.0),
                        tuple("modelTrained", "training", 60.0),
                        tuple("evaluated", "evaluation", 60.0));
        assertThat(details.timeline().getLast())
                .isEqualTo(
                        new Happening(
                                now,
                                "evaluated",
                                "evaluation",
                                60.0,
                                "popularity:half-life=730d (2 of 2) has NDCG@10 0.1300, popularity"
                                        + " 0.0870: better by 0.0350 to 0.0510",
                                details.timeline().getLast().id(),
                                model.envelope().id(),
                                "modelTrained"));
    }

    @Test
    void putsACauseBeforeItsEffectOfTheSameMillisecond() {
        for (TrainingEvent event :
                List.of(released(), approved(), evaluated(1), trained(1), requested())) {
            driver.pipe(TRAINING, said(event, "step", NOON, null));
        }

        assertThat(kept().timeline())
                .extracting(Moment::kind)
                .containsExactly("requested", "modelTrained", "evaluated", "approved", "released");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void tellsTheSameInAnyOrder(long seed) {
        Message<TrainingEvent> request = say(requested(), "orchestrator", null);
        Message<TrainingEvent> ready = say(datasetReady(), "dataset", request);
        for (int candidate = 1; candidate <= 2; candidate++) {
            say(evaluated(candidate), "evaluation", say(trained(candidate), "training", ready));
        }
        say(approved(), "gate", ready);
        say(failed(), "deployment", ready);
        say(released(), "deployment", ready);

        driver.foldsCommute(seed);
    }

    private Message<TrainingEvent> say(
            TrainingEvent event, String step, @Nullable Message<?> heard) {
        now = heard == null ? now : now.plus(Duration.ofMinutes(1));
        Message<TrainingEvent> message = said(event, step, now, heard);
        driver.pipe(TRAINING, message);
        return message;
    }

    private void assertAwaits(String step, Instant since) {
        RunSummary summary = summary();
        assertThat(summary.state()).isEqualTo(RunState.RUNNING);
        assertThat(summary.awaited())
                .singleElement()
                .satisfies(
                        awaited -> {
                            assertThat(awaited.step()).isEqualTo(step);
                            assertThat(awaited.since()).isEqualTo(since);
                            assertThat(awaited.overdue()).isFalse();
                        });
    }

    private RunSummary summary() {
        return RunSummary.of(kept(), Deadlines.DEFAULT, now);
    }

    private Run kept() {
        Run run = driver.row(Runs.RUNS.at(RUN.value()));
        assertThat(run).isNotNull();
        return Objects.requireNonNull(run);
    }
}
