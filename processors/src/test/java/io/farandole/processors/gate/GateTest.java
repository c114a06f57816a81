package io.farandole.processors.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.Message;
import io.farandole.events.RunId;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.TrainingEvent;
import io.farandole.events.TrainingEvent.Approved;
import io.farandole.events.TrainingEvent.Evaluated;
import io.farandole.events.TrainingEvent.Rejected;
import io.farandole.streams.testing.ProcessorDriver;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final RunId RUN = new RunId("run-1");

    private final ProcessorDriver driver =
            ProcessorDriver.of(new Gate(new GateSettings(50, 0.01, 0.02)).describe());

    @Test
    void approvesWhatIsBetterThanPopularityWhenNothingIsServed() {
        pipe(first(1, 1, 0.13, 0.03));

        assertThat(said()).singleElement().isInstanceOf(Approved.class);
        Approved approved = (Approved) said().getFirst();
        assertThat(approved.model()).isEqualTo("models/1");
        assertThat(approved.reasons())
                .containsExactly(
                        "enough test users: yes. It was measured on 600 users; at least 50 are"
                                + " wanted.",
                        "better than popularity: yes. Its NDCG@10 is 0.1300, that of popularity"
                                + " 0.0870; by user the difference is between +0.0300 and +0.1300"
                                + " (95 %), and has to be above 0.",
                        "not what is served already: yes. It is another model than the one that is"
                                + " served, if any is.",
                        "not worse than what is served: yes. No model is served yet.",
                        "shows enough of the catalogue: yes. 12.5 % of the items are in anyone's"
                                + " first ten; at least 1.0 % are wanted.");
    }

    @Test
    void rejectsWhatMayBeNoBetterThanPopularity() {
        pipe(first(1, 1, 0.09, -0.01));

        assertThat(said())
                .singleElement()
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected ->
                                assertThat(rejected.reasons())
                                        .anyMatch(
                                                reason ->
                                                        reason.startsWith(
                                                                "better than popularity: NO.")));
    }

    @Test
    void rejectsWhatIsWorseThanWhatIsServed() {
        pipe(later(0.10, 0.13, -0.04, -0.02));

        assertThat(said())
                .singleElement()
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected ->
                                assertThat(rejected.reasons())
                                        .contains(
                                                "not worse than what is served: NO. Its NDCG@10 is"
                                                        + " 0.1000, that of the model that is served"
                                                        + " 0.1300; by user the difference is between"
                                                        + " -0.0400 and -0.0200 (95 %). It may not lie"
                                                        + " below 0 as a whole, nor the mean fall short"
                                                        + " by more than 2 %."));
    }

    @Test
    void approvesWhatIsAsGoodAsWhatIsServed() {
        pipe(later(0.129, 0.13, -0.004, 0.002));

        assertThat(said()).singleElement().isInstanceOf(Approved.class);
    }

    @Test
    void rejectsTheVeryModelThatIsServed() {
        pipe(measured(1, 1, 0.13, 0.01, "models/1", 0.13, 0.0, 0.0));

        assertThat(said())
                .singleElement()
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected ->
                                assertThat(rejected.reasons())
                                        .contains(
                                                "not what is served already: NO. It is the very"
                                                        + " model that is served: nothing new was"
                                                        + " learnt from."));
    }

    @Test
    void namesWhatItWasComparedWith() {
        pipe(later(0.14, 0.13, 0.001, 0.01));

        assertThat(said())
                .singleElement()
                .isInstanceOfSatisfying(
                        Approved.class,
                        approved -> assertThat(approved.incumbent()).isEqualTo("models/served"));
    }

    @Test
    void waitsForAllCandidatesAndTakesTheBest() {
        pipe(first(2, 3, 0.12, 0.02));
        pipe(first(1, 3, 0.11, 0.02));
        assertThat(said()).isEmpty();

        pipe(first(3, 3, 0.10, 0.02));

        assertThat(said())
                .singleElement()
                .isInstanceOfSatisfying(
                        Approved.class,
                        approved -> assertThat(approved.model()).isEqualTo("models/2"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void knowsTheSameInAnyOrder(long seed) {
        // Two runs among each other, one of them not complete.
        for (int candidate = 1; candidate <= 5; candidate++) {
            pipe(first(candidate, 5, 0.10 + 0.01 * (candidate % 3), 0.02));
            pipe(of("run-2", first(candidate, 7, 0.12, 0.02)));
        }

        driver.foldsCommute(seed);
    }

    @Test
    void leavesOtherNewsAlone() {
        driver.pipe(
                TopicCatalogue.TRAINING,
                new TrainingEvent.Requested(RUN, "operator", List.of()),
                NOON);

        assertThat(said()).isEmpty();
        assertThat(driver.rows(Gate.RUNS)).isEmpty();
    }

    private void pipe(Evaluated evaluated) {
        driver.pipe(TopicCatalogue.TRAINING, evaluated, NOON);
    }

    private List<TrainingEvent> said() {
        return driver.said(TopicCatalogue.TRAINING).stream().map(Message::event).toList();
    }

    private static Evaluated of(String run, Evaluated one) {
        return new Evaluated(
                new RunId(run),
                one.dataset(),
                one.model(),
                one.spec(),
                one.candidate(),
                one.candidates(),
                one.metrics(),
                one.testUsers(),
                one.ndcg10(),
                one.coverage10(),
                one.popularityNdcg10(),
                one.abovePopularityLow(),
                one.abovePopularityHigh(),
                one.incumbent(),
                one.incumbentNdcg10(),
                one.aboveIncumbentLow(),
                one.aboveIncumbentHigh());
    }

    private static Evaluated first(int candidate, int candidates, double ndcg, double low) {
        return measured(candidate, candidates, ndcg, low, null, null, null, null);
    }

    private static Evaluated later(double ndcg, double served, double low, double high) {
        return measured(1, 1, ndcg, 0.01, "models/served", served, low, high);
    }

    private static Evaluated measured(
            int candidate,
            int candidates,
            double ndcg,
            double low,
            @Nullable String incumbent,
            @Nullable Double incumbentNdcg,
            @Nullable Double aboveLow,
            @Nullable Double aboveHigh) {
        return new Evaluated(
                RUN,
                "datasets/d",
                "models/" + candidate,
                "ease",
                candidate,
                candidates,
                "metrics/m",
                600,
                ndcg,
                0.125,
                0.087,
                low,
                low + 0.1,
                incumbent,
                incumbentNdcg,
                aboveLow,
                aboveHigh);
    }
}
