package io.farandole.recommenders.shapes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.farandole.recommenders.dataset.Interaction;
import io.farandole.recommenders.dataset.Split;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MakingUpTest {

    static List<Shape> shapes() {
        return Shape.ALL.stream().map(shape -> shape.smaller(10)).toList();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void isOfTheSizeThatWasAskedForAndTheSameAgain(Shape shape) {
        Split split = MakingUp.split(shape, 3);

        assertThat(split).isEqualTo(MakingUp.split(shape, 3));
        assertThat(split.train()).isNotEqualTo(MakingUp.split(shape, 4).train());
        if (shape.holding() != Shape.Holding.LAST_OF_ALL) {
            // Of a cut in time, who came after it is not asked.
            assertThat(split.train().size() + split.test().size())
                    .isCloseTo(shape.interactions(), Percentage.withPercentage(20));
            assertThat(all(split).map(Interaction::user).distinct().count())
                    .isEqualTo(shape.users());
        }
        assertThat(all(split).map(one -> one.user() + " " + one.item()).distinct().count())
                .as("nobody meets anything twice")
                .isEqualTo(split.train().size() + split.test().size());
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void holdsOutWhatTheShapeSays(Shape shape) {
        Split split = MakingUp.split(shape, 3);
        Map<String, Instant> last = new HashMap<>();
        split.train()
                .forEach(one -> last.merge(one.user(), one.at(), (a, b) -> a.isAfter(b) ? a : b));

        switch (shape.holding()) {
            case BY_LOT -> {
                assertThat(all(split)).allMatch(one -> one.at().equals(Instant.EPOCH));
                assertThat(split.test().size() / (split.train().size() + 1.0))
                        .isCloseTo(0.24, within(0.03));
            }
            case LAST_OF_ALL ->
                    assertThat(split.test())
                            .allMatch(one -> !one.at().isBefore(latest(split.train())));
            case LAST_OF_EACH -> {
                assertThat(split.test()).hasSize(shape.users());
                assertThat(split.test())
                        .allMatch(
                                one -> !one.at().isBefore(last.getOrDefault(one.user(), one.at())));
            }
        }
    }

    @Test
    void hasUsersOfFewTopics() {
        // Some pairs have much in common, most have nothing.
        Split split = MakingUp.split(Shape.named("checkins").smaller(20), 3);
        Map<String, Set<String>> byUser =
                split.train().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Interaction::user,
                                        Collectors.mapping(Interaction::item, Collectors.toSet())));
        List<Set<String>> users = List.copyOf(byUser.values());
        double sum = 0;
        double squares = 0;
        int pairs = 0;
        for (int a = 0; a < 300; a++) {
            for (int b = 0; b < a; b++) {
                Set<String> common = new HashSet<>(users.get(a));
                common.retainAll(users.get(b));
                sum += common.size();
                squares += common.size() * common.size();
                pairs++;
            }
        }
        double mean = sum / pairs;
        assertThat((squares / pairs - mean * mean) / mean)
                .as("1 where all draw alike, by Poisson")
                .isGreaterThan(1.5);
    }

    @Test
    void saysWhichShapesThereAre() {
        assertThatThrownBy(() -> Shape.named("round"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no shape 'round'; there are checkins, reviews");
    }

    private static Stream<Interaction> all(Split split) {
        return Stream.concat(split.train().stream(), split.test().stream());
    }

    private static Instant latest(Collection<Interaction> acts) {
        return acts.stream().map(Interaction::at).max(Comparator.naturalOrder()).orElseThrow();
    }
}
