package io.farandole.recommenders.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BreadthTest {

    private static final Offset<Double> EXACT = within(1e-12);

    private final List<Set<String>> pasts = List.of(Set.of("a", "b"), Set.of("a"), Set.of("a"));

    @Test
    void oneListForAllIsAsNarrowAsCanBe() {
        List<String> same = List.of("a");
        Breadth breadth = Breadth.of(1, List.of(same, same, same), pasts, 4);

        assertThat(breadth.gini()).isCloseTo(0.75, EXACT);
        assertThat(breadth.personalisation()).isZero();
        assertThat(breadth.tailShare()).isZero();
        // All three had met it, and one more is counted for what nobody met.
        assertThat(breadth.novelty()).isZero();
    }

    @Test
    void listsWithoutACommonItemAreAsPersonalAsCanBe() {
        Breadth breadth =
                Breadth.of(1, List.of(List.of("a", "x"), List.of("b"), List.of("c")), pasts, 3);

        assertThat(breadth.gini()).isCloseTo(0, EXACT);
        assertThat(breadth.personalisation()).isCloseTo(1, EXACT);
        // The head is a and b: four fifths of four acts are more than the three of a.
        assertThat(breadth.tailShare()).isCloseTo(1 / 3.0, EXACT);
        assertThat(breadth.novelty()).isCloseTo((0 + 1 + 2) / 3.0, EXACT);
    }

    @Test
    void ofNoListsThereIsNothingToSay() {
        assertThat(Breadth.of(5, List.of(), List.of(), 3)).isEqualTo(new Breadth(5, 0, 0, 0, 0));
    }
}
