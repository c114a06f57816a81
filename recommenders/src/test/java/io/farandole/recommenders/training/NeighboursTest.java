package io.farandole.recommenders.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.farandole.recommenders.dataset.Interaction;
import io.farandole.recommenders.linear.Neighbours;
import io.farandole.recommenders.model.ModelSpec;
import io.farandole.recommenders.model.Similar;
import io.farandole.recommenders.model.TrainedModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Users of a: 1 2 3; of b: 1 2; of c: 3; of d: 4, who did not like it. So a and b have two users in
 * common, a and c one.
 */
class NeighboursTest {

    private final List<Interaction> acts =
            List.of(
                    act("1", "a", 5),
                    act("1", "b", 5),
                    act("2", "a", 5),
                    act("2", "b", 5),
                    act("3", "a", 5),
                    act("3", "c", 5),
                    act("4", "d", 1),
                    act("4", "c", 1));

    @Test
    void scoresByShrunkCosine() {
        TrainedModel model = Training.train(new ModelSpec.ItemKnn(2, 1), acts);

        assertThat(difference(model, "a", "b")).isCloseTo(2 / (Math.sqrt(3 * 2) + 1), within(1e-6));
        assertThat(difference(model, "a", "c")).isCloseTo(1 / (Math.sqrt(3) + 1), within(1e-6));
        assertThat(difference(model, "b", "c")).isZero();
        assertThat(difference(model, "d", "c")).isZero();
    }

    @Test
    void countsOnlyAmongAnItemsNearest() {
        TrainedModel model = Training.train(new ModelSpec.ItemKnn(1, 1), acts);

        // The nearest of c is a, but that of a is b: so a speaks for c, and c does not for a.
        assertThat(difference(model, "a", "c")).isPositive();
        assertThat(difference(model, "c", "a")).isZero();
    }

    @Test
    void findsSimilarItemsForWhatNobodyLikedToo() {
        TrainedModel model = Training.train(ModelSpec.Popularity.USUAL, acts);

        assertThat(model.similar("a", 10)).extracting(Similar::item).containsExactly("b", "c");
        assertThat(model.similar("a", 1)).extracting(Similar::item).containsExactly("b");
        assertThat(model.similar("d", 10)).extracting(Similar::item).containsExactly("c");
        assertThat(model.similar("nowhere", 10)).isEmpty();
    }

    @Test
    void isNeverItsOwnNeighbour() {
        Random random = new Random(3);
        List<Interaction> many = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            many.add(act("u" + random.nextInt(60), "i" + random.nextInt(200), random.nextInt(6)));
        }
        TrainedModel model = Training.train(ModelSpec.ItemKnn.USUAL, many);

        for (String item : model.items()) {
            assertThat(model.similar(item, 100))
                    .isNotEmpty()
                    .hasSizeLessThanOrEqualTo(Neighbours.SIMILAR)
                    .allMatch(similar -> similar.score() > 0 && similar.score() < 1)
                    .extracting(Similar::item)
                    .doesNotContain(item)
                    .doesNotHaveDuplicates();
        }
    }

    private static double difference(TrainedModel model, String from, String to) {
        return model.fold(Map.of(from, 1.0)).score(to) - model.fold(Map.of()).score(to);
    }

    private static Interaction act(String user, String item, double value) {
        return new Interaction(user, item, value, Instant.EPOCH);
    }
}
