package io.farandole.recommenders.taste;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AssortmentTest {

    private final Assortment films =
            Assortment.of(
                    List.of(
                            new KnownItem("alien", List.of("Horror", "SciFi"), 40),
                            new KnownItem("brazil", List.of("SciFi"), 20),
                            new KnownItem("carrie", List.of("Horror"), 30),
                            new KnownItem("duck-soup", List.of("Comedy"), 10),
                            new KnownItem("emma", List.of("Comedy", "Romance"), 50),
                            new KnownItem("fog", List.of(), 5)));

    @Test
    void givesPopularityToWhoeverHasNoHistory() {
        List<Pick> picks = films.best(films.taste(), 100);

        assertThat(picks)
                .extracting(Pick::item)
                .containsExactly("emma", "alien", "carrie", "brazil", "duck-soup", "fog");
        assertThat(picks).extracting(Pick::popularityRank).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(picks).allSatisfy(pick -> assertThat(pick.categories()).isEmpty());
        assertThat(picks.getFirst().score()).isEqualTo(1);
        assertThat(picks)
                .extracting(Pick::popularity)
                .containsExactly(1.0, 0.8, 0.6, 0.4, 0.2, 0.1);
    }

    @Test
    void liftsTheKindThatTheUserLikesAndTellsWhy() {
        Taste taste = films.taste().likes("brazil", 5 * Taste.WHOLE).hasHad("brazil");

        Pick first = films.best(taste, 100).getFirst();

        assertThat(first.item()).isEqualTo("alien");
        assertThat(first.categories()).containsExactly("SciFi");
        assertThat(first.popularityRank()).isEqualTo(2);
    }

    @Test
    void sinksTheKindThatTheUserDislikes() {
        List<Pick> before = films.best(films.taste(), 100);
        List<Pick> after = films.best(films.taste().dislikes("duck-soup", Taste.WHOLE), 100);

        assertThat(score(after, "duck-soup")).isLessThan(score(before, "duck-soup"));
        assertThat(score(after, "carrie")).isGreaterThan(score(before, "carrie"));
    }

    @Test
    void doesNotLetOneActForARareKindDecide() {
        List<KnownItem> items = new ArrayList<>();
        items.add(new KnownItem("rare", List.of("Documentary"), 1));
        IntStream.range(0, 200)
                .forEach(i -> items.add(new KnownItem("item-" + i, List.of("Drama"), 100)));
        Assortment many = Assortment.of(items);

        Taste once = many.taste().likes("rare", Taste.WHOLE);

        assertThat(many.best(once, 1)).extracting(Pick::item).doesNotContain("rare");
    }

    @Test
    void changesTheScoresOfOtherItemsWithOnePositiveAct() {
        List<Pick> before = films.best(films.taste(), 100);
        List<Pick> after = films.best(films.taste().likes("brazil", Taste.WHOLE), 100);

        for (String other : List.of("alien", "carrie", "emma", "duck-soup")) {
            assertThat(score(after, other)).isNotCloseTo(score(before, other), within(1e-6));
        }
    }

    @Test
    void scoresAsItsFormulaSays() {
        Taste taste = films.taste().likes("brazil", Taste.WHOLE);
        double base = (60 + 1) / (155.0 + 2);
        double affinity = Math.log((1 + 5) / (1 * base + 5));

        assertThat(score(films.best(taste, 100), "brazil"))
                .isCloseTo(20.5 / 50.5 * Math.exp(affinity), within(1e-12));
    }

    @Test
    void leavesOutWhatTheUserHasHad() {
        assertThat(films.best(films.taste().hasHad("emma").hasHad("fog"), 100))
                .extracting(Pick::item)
                .doesNotContain("emma", "fog")
                .hasSize(4);
    }

    @Test
    void partsEqualsById() {
        Assortment equals =
                Assortment.of(
                        IntStream.range(0, 300)
                                .mapToObj(i -> new KnownItem("item-" + (999 - i), List.of(), 1))
                                .toList());

        assertThat(equals.best(equals.taste(), 3))
                .extracting(Pick::item)
                .containsExactly("item-700", "item-701", "item-702");
    }

    @Test
    void learnsFromNamedCategories() {
        Taste taste = films.taste().prefers("Comedy").prefers("Comedy");

        assertThat(films.best(taste, 1).getFirst().categories()).containsExactly("Comedy");
    }

    @Test
    void passesOverWhatItDoesNotKnow() {
        Taste taste =
                films.taste()
                        .likes("nowhere", Taste.WHOLE)
                        .dislikes("nowhere", Taste.WHOLE)
                        .prefers("Nothing")
                        .hasHad("nowhere");

        assertThat(films.best(taste, 100)).isEqualTo(films.best(films.taste(), 100));
    }

    @Test
    void picksNothingFromNothing() {
        Assortment empty = Assortment.of(List.of());

        assertThat(empty.best(empty.taste().likes("alien", Taste.WHOLE), 100)).isEmpty();
        assertThat(films.best(films.taste(), 0)).isEmpty();
    }

    @Test
    void refusesAPopularityThatIsNoCount() {
        assertThatThrownBy(() -> new KnownItem("alien", List.of(), Double.NaN))
                .hasMessage("popularity of alien is NaN, not a count");
        assertThatThrownBy(() -> new KnownItem("alien", List.of(), -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static double score(List<Pick> picks, String item) {
        return picks.stream()
                .filter(pick -> pick.item().equals(item))
                .findFirst()
                .orElseThrow()
                .score();
    }
}
