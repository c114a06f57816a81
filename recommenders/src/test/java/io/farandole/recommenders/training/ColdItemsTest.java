package io.farandole.recommenders.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.recommenders.dataset.Interaction;
import io.farandole.recommenders.dataset.ItemFacts;
import io.farandole.recommenders.model.ModelSpec;
import io.farandole.recommenders.model.Similar;
import io.farandole.recommenders.model.TrainedModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Items that nobody has met, where something is known of them. */
class ColdItemsTest {

    private static final MemoryBudget PLENTY = new MemoryBudget(1L << 40, 1L << 40);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ease:lambda=20,support=3",
                "item-knn",
                "graph:low=0.3,rank=4",
                "ials:rank=8",
                "content",
                "blend + 1*ease:lambda=20 + 0.5*ials:rank=8 + 0.3*content"
            })
    void areRecommendedToWhoLikesTheirKind(String spec) {
        TrainedModel model = train(spec);

        for (int kind = 0; kind < 3; kind++) {
            Map<String, Double> history = Map.of("i" + kind, 1.0, "i" + (kind + 3), 1.0);
            double mine = model.fold(history).score("new" + kind);
            assertThat(mine).isPositive();
            for (int other = 0; other < 3; other++) {
                assertThat(model.fold(history).score("new" + other))
                        .as(other + " to who likes " + kind)
                        .isLessThanOrEqualTo(mine);
            }
            // A new item in a history speaks for its kind, too.
            String own = "i" + (kind + 6);
            String foreign = "i" + ((kind + 1) % 3 + 6);
            var folded = model.fold(Map.of("new" + kind, 1.0));
            assertThat(folded.score(own)).isGreaterThan(folded.score(foreign));
        }
    }

    @Test
    void haveSimilarItemsAndAreSimilarToOthersButNeverToTheirDuplicates() {
        TrainedModel model = train("item-knn");

        assertThat(model.items())
                .allSatisfy(item -> assertThat(model.similar(item, 5)).isNotEmpty());
        assertThat(model.similar("new1", 5))
                .extracting(Similar::item)
                .doesNotContain("new1", "again1")
                .allMatch(item -> kind(item) == 1);
        assertThat(model.items())
                .anySatisfy(
                        item ->
                                assertThat(model.similar(item, 50))
                                        .extracting(Similar::item)
                                        .contains("new1"));
        assertThat(model.similar("again1", 50)).extracting(Similar::item).doesNotContain("new1");
    }

    @Test
    void autoChoosesAmongContentsToo() {
        var choice =
                Training.choose(acts(), facts(), 7, 60, Long.MAX_VALUE, Progress.SILENT, PLENTY);

        assertThat(choice.tried()).anyMatch(one -> one.spec().startsWith("content"));
        assertThat(
                        Training.train(
                                        ModelSpec.parse(choice.spec()),
                                        acts(),
                                        facts(),
                                        "",
                                        7,
                                        Progress.SILENT,
                                        PLENTY)
                                .fold(Map.of("i0", 1.0, "i3", 1.0))
                                .score("new0"))
                .isPositive();
    }

    @Test
    void contentNeedsFacts() {
        assertThatThrownBy(() -> Training.train(ModelSpec.parse("content"), acts()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs facts of items");
    }

    private static TrainedModel train(String spec) {
        return Training.train(
                ModelSpec.parse(spec), acts(), facts(), "", 0, Progress.SILENT, PLENTY);
    }

    private static int kind(String item) {
        return Integer.parseInt(item.replaceAll("\\D", "")) % 3;
    }

    /** Thirty items of three kinds; users meet mostly one. */
    private static List<Interaction> acts() {
        Random random = new Random(5);
        List<Interaction> acts = new ArrayList<>();
        for (int user = 0; user < 90; user++) {
            for (int item = 0; item < 30; item++) {
                if (random.nextInt(item % 3 == user % 3 ? 3 : 20) == 0) {
                    acts.add(Interaction.of("u" + user, "i" + item, Instant.EPOCH));
                }
            }
        }
        return acts;
    }

    /** What kind each is of; a new one of each kind, of which one is there twice. */
    private static ItemFacts facts() {
        Map<String, List<String>> facts = new HashMap<>();
        for (int item = 0; item < 30; item++) {
            facts.put("i" + item, List.of("kind=" + item % 3, "all=yes", "name~i" + item));
        }
        for (int kind = 0; kind < 3; kind++) {
            facts.put("new" + kind, List.of("kind=" + kind, "all=yes", "name~new" + kind));
        }
        facts.put("again1", List.of("kind=1", "all=yes", "name~new1"));
        return new ItemFacts(facts);
    }
}
