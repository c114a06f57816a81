package io.farandole.recommenders.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.farandole.recommenders.dataset.Interaction;
import io.farandole.recommenders.dataset.Split;
import io.farandole.recommenders.evaluation.HeldOut.Relevant;
import io.farandole.recommenders.model.ModelSpec;
import io.farandole.recommenders.model.TrainedModel;
import io.farandole.recommenders.training.Training;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Popularity, whose lists are known: a (3 users), b (2), c and d (1), without what was met. */
class EvaluatingTest {

    private final Split split =
            new Split(
                    List.of(
                            act("ann", "a", 5),
                            act("ann", "d", 5),
                            act("bob", "a", 5),
                            act("bob", "b", 5),
                            act("cid", "a", 5),
                            act("cid", "b", 5),
                            act("cid", "c", 5)),
                    List.of(
                            act("ann", "c", 5),
                            act("ann", "a", 5),
                            act("bob", "nowhere", 5),
                            act("bob", "d", 1),
                            act("cid", "b", 5),
                            act("new", "a", 5)));

    private final TrainedModel popularity =
            Training.train(ModelSpec.Popularity.UNDECAYED, split.train());

    @Test
    void countsWhatIsAskedAndWhatCannotBeKnown() {
        assertThat(HeldOut.of(split, Relevant.ALL).counts())
                .isEqualTo(new HeldOut.Counts(3, 4, 1, 1, 2));
        assertThat(HeldOut.of(split, Relevant.LIKED).counts())
                .isEqualTo(new HeldOut.Counts(3, 3, 1, 1, 2));
    }

    @Test
    void gradesThatWereHeldOutAreStarsWhereThoseToLearnFromAre() {
        Split stars = new Split(split.train(), List.of(act("ann", "c", 1), act("bob", "c", 0.5)));
        assertThat(HeldOut.of(stars, Relevant.LIKED).questions()).isEmpty();

        Split marks = new Split(List.of(act("ann", "a", 1)), List.of(act("ann", "b", 1)));
        assertThat(HeldOut.of(marks, Relevant.LIKED).questions()).hasSize(1);
    }

    @Test
    void measuresAsByHand() {
        // ann: list b c, wants c; bob: list c d, wants d and nowhere; new: list a b, wants a.
        Evaluation.Report report = evaluation(popularity, 2).report();

        double second = 1 / (Math.log(3) / Math.log(2));
        assertThat(report.metric(Metric.RECALL, 2).mean())
                .isCloseTo((1 + 0.5 + 1) / 3, within(1e-12));
        assertThat(report.metric(Metric.HIT_RATE, 2).mean()).isEqualTo(1);
        assertThat(report.metric(Metric.NDCG, 2).mean())
                .isCloseTo((second + second / (1 + second) + 1) / 3, within(1e-12));
        assertThat(report.metric(Metric.MAP, 2).mean())
                .isCloseTo((0.5 + 0.25 + 1) / 3, within(1e-12));
        assertThat(report.coverage(2)).isEqualTo(1);
        assertThat(evaluation(popularity, 1).report().coverage(1)).isEqualTo(0.75);
        assertThat(report.metric(Metric.NDCG, 2))
                .satisfies(
                        ndcg -> assertThat(ndcg.mean()).isStrictlyBetween(ndcg.low(), ndcg.high()));
    }

    @Test
    void comparesUserByUser() {
        Evaluation one = evaluation(popularity, 2);
        assertThat(one.minus(one, Metric.NDCG, 2).interval()).isEqualTo(new Interval(0, 0, 0));
        assertThat(one.minus(one, Metric.NDCG, 2).isBetter()).isFalse();
        assertThat(one.minus(one, Metric.NDCG, 2).users()).isEqualTo(3);
    }

    @Test
    void doesNotCompareAnswersToDifferentQuestions() {
        Evaluation all = evaluation(popularity, 2);
        Evaluation liked =
                new Evaluating(HeldOut.of(split, Relevant.LIKED), List.of(2), 0)
                        .evaluate(popularity);

        assertThatThrownBy(() -> all.minus(liked, Metric.NDCG, 2))
                .hasMessageContaining("not the same questions");
        assertThatThrownBy(() -> all.minus(all, Metric.NDCG, 3)).hasMessage("no NDCG@3");
    }

    @Test
    void givesTheSameReportTwice() {
        assertThat(evaluation(popularity, 2).report().metrics())
                .isEqualTo(evaluation(popularity, 2).report().metrics());
    }

    @Test
    void saysNothingOfNobody() {
        Evaluation nothing =
                Evaluating.of(HeldOut.of(new Split(split.train(), List.of()), Relevant.ALL))
                        .evaluate(popularity);

        assertThat(nothing.report().metric(Metric.NDCG, 10)).isEqualTo(new Interval(0, 0, 0));
        assertThat(nothing.minus(nothing, Metric.NDCG, 10).isBetter()).isFalse();
    }

    private Evaluation evaluation(TrainedModel model, int k) {
        return new Evaluating(HeldOut.of(split, Relevant.ALL), List.of(k), 0).evaluate(model);
    }

    private static Interaction act(String user, String item, double value) {
        return new Interaction(user, item, value, Instant.EPOCH);
    }
}
