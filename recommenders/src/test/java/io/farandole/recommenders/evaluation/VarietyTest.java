package io.farandole.recommenders.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.farandole.recommenders.evaluation.HeldOut.Question;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** By hand. */
class VarietyTest {

    private static final Offset<Double> EXACT = within(1e-12);

    private final Types types =
            new Types(Map.of("a", "film", "b", "film", "c", "book", "d", "play", "e", "book"));
    private final List<Question> questions =
            List.of(
                    question("u", List.of("a", "e"), Set.of("c", "d")),
                    question("v", List.of("untold"), Set.of("a")),
                    question("w", List.of("b"), Set.of("a", "x", "y", "z")));

    private final List<List<String>> lists =
            List.of(List.of("b", "c", "d"), List.of("a", "b"), List.of("a", "untold", "c"));

    @Test
    void countsTypesThatDiffer() {
        Variety variety = Variety.of(3, lists, questions, types);

        // u: three types in a list of three; v: films alone; w: a film and a book.
        assertThat(variety.diversity()).isCloseTo((1 + 0 + 1) / 3.0, EXACT);
        // u: film and book of the past against film, book, play: 4 of 6; w: film against film,
        // book.
        assertThat(variety.unexpectedness()).isCloseTo((4 / 6.0 + 1 / 2.0) / 2, EXACT);
        assertThat(variety.newTypes()).isCloseTo((1 / 3.0 + 1 / 2.0) / 2, EXACT);
        assertThat(variety.serendipity()).isCloseTo((1 * 4 / 6.0 + 0.25 / 2) / 2, EXACT);
    }

    @Test
    void cutsListsToTheirLength() {
        Variety variety = Variety.of(1, lists, questions, types);

        assertThat(variety.diversity()).isZero();
        assertThat(variety.unexpectedness()).isCloseTo((1 / 2.0 + 0) / 2, EXACT);
        assertThat(variety.newTypes()).isZero();
    }

    @Test
    void slicesUsersItemsAndTypes() {
        List<Slice> slices = Slice.of(3, lists, questions, types, new Bootstrap(50, 0));

        assertThat(slices)
                .extracting(Slice::name)
                // Nobody is warm; of the past all is met once, so that all of it is head.
                .containsExactly(
                        "cold users",
                        "head items",
                        "tail items",
                        "type film",
                        "type book",
                        "type play");
        Slice all = slices.getFirst();
        assertThat(all.users()).isEqualTo(3);
        assertThat(all.recall().mean()).isCloseTo((1 + 1 + 0.25) / 3, EXACT);
        Slice films = slices.get(3);
        assertThat(films.users()).isEqualTo(2);
        assertThat(films.items()).isEqualTo(2);
        assertThat(films.recall().mean()).isCloseTo(1, EXACT);
        assertThat(films.ndcg().mean()).isCloseTo(1, EXACT);
        Slice plays = slices.get(5);
        assertThat(plays.ndcg().mean()).isCloseTo(1 / (Math.log(4) / Math.log(2)), EXACT);
    }

    @Test
    void theHeadHasFourFifthsOfThePast() {
        assertThat(
                        Breadth.head(
                                List.of(
                                        Set.of("a", "b"),
                                        Set.of("a", "b"),
                                        Set.of("a", "b"),
                                        Set.of("a", "c"))))
                .containsExactlyInAnyOrder("a", "b");
    }

    private static Question question(String user, List<String> past, Set<String> wanted) {
        SequencedMap<String, Double> history = new LinkedHashMap<>();
        past.forEach(item -> history.put(item, 1.0));
        return new Question(user, history, wanted);
    }
}
