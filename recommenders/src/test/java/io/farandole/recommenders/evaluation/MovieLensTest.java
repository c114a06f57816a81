package io.farandole.recommenders.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.recommenders.dataset.InteractionFile;
import io.farandole.recommenders.dataset.Split;
import io.farandole.recommenders.dataset.Splitting;
import io.farandole.recommenders.evaluation.HeldOut.Relevant;
import io.farandole.recommenders.model.ModelSpec;
import io.farandole.recommenders.training.Training;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** On real ratings, each user's last fifth held out. */
class MovieLensTest {

    private static final Path RATINGS = Path.of("../data/ml-latest-small/ratings.csv");

    private final Split split = Splitting.perUser(new InteractionFile(RATINGS).read());
    private final Evaluating evaluating = Evaluating.of(HeldOut.of(split, Relevant.ALL));

    @Test
    void easeBeatsPopularityBeyondChance() {
        Evaluation ease = evaluate("ease");
        Evaluation neighbours = evaluate("item-knn");
        Evaluation popularity = evaluate("popularity:half-life=none");

        assertThat(ease.report().test().users()).isEqualTo(610);
        assertThat(ease.report().metric(Metric.NDCG, 10).mean()).isGreaterThan(0.14);
        assertThat(ease.minus(popularity, Metric.NDCG, 10).interval().low()).isGreaterThan(0.03);
        assertThat(ease.minus(neighbours, Metric.NDCG, 10).interval().mean()).isPositive();
        assertThat(neighbours.minus(popularity, Metric.NDCG, 10).isBetter()).isTrue();
        assertThat(popularity.minus(ease, Metric.NDCG, 10).isBetter()).isFalse();
    }

    private Evaluation evaluate(String spec) {
        return evaluating.evaluate(Training.train(ModelSpec.parse(spec), split.train()));
    }
}
