package io.farandole.recommenders.taste;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold for any catalogue and any user; the seed is the test's argument. */
class AssortmentPropertiesTest {

    private static final int ITEMS = 400;
    private static final int CATEGORIES = 12;

    private record Act(String item, boolean liked, int tenths) {}

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void picksWhatSortingAllItemsWouldPick(long seed) {
        Random random = new Random(seed);
        Assortment assortment = assortment(items(random));
        Taste taste = taste(assortment, acts(random));

        List<Pick> all = new ArrayList<>(assortment.best(taste, ITEMS));
        all.sort(Comparator.comparingDouble(Pick::score).reversed().thenComparing(Pick::item));

        assertThat(assortment.best(taste, 100))
                .isEqualTo(all.subList(0, Math.min(100, all.size())));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void neverPicksWhatTheUserHasHad(long seed) {
        Random random = new Random(seed);
        Assortment assortment = assortment(items(random));
        List<Act> acts = acts(random);
        Taste taste = taste(assortment, acts);
        Set<String> had = new HashSet<>();
        for (Act act : acts) {
            had.add(act.item());
            taste.hasHad(act.item());
        }

        assertThat(assortment.best(taste, ITEMS))
                .hasSize(ITEMS - had.size())
                .noneMatch(pick -> had.contains(pick.item()));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void doesNotDependOnTheOrderOfItemsOrActs(long seed) {
        Random random = new Random(seed);
        List<KnownItem> items = items(random);
        List<Act> acts = acts(random);
        Assortment one = assortment(items);
        List<Pick> expected = one.best(taste(one, acts), 100);

        Collections.shuffle(items, random);
        Collections.shuffle(acts, random);
        Assortment other = assortment(items);

        assertThat(other.best(taste(other, acts), 100)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void raisesItemsOfTheSameKindAndLowersThoseOfNoneOfIt(long seed) {
        Random random = new Random(seed);
        List<KnownItem> items = items(random);
        Assortment assortment = assortment(items);
        List<Act> acts = acts(random);
        KnownItem liked = items.get(random.nextInt(ITEMS));
        Map<String, Double> before = scores(assortment, taste(assortment, acts));
        Map<String, Double> after =
                scores(assortment, taste(assortment, acts).likes(liked.id(), Taste.WHOLE));

        for (KnownItem item : items) {
            double difference = score(after, item) - score(before, item);
            if (item.categories().isEmpty()) {
                assertThat(difference).isZero();
            } else if (Set.copyOf(item.categories()).equals(Set.copyOf(liked.categories()))) {
                assertThat(difference).isPositive();
            } else if (Collections.disjoint(item.categories(), liked.categories())) {
                assertThat(difference).isNegative();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void prefersTheMorePopularOfTwoOfOneKind(long seed) {
        Random random = new Random(seed);
        List<KnownItem> items = items(random);
        Assortment assortment = assortment(items);
        Map<String, Double> scores = scores(assortment, taste(assortment, acts(random)));

        Map<List<String>, List<KnownItem>> kinds =
                items.stream().collect(Collectors.groupingBy(KnownItem::categories));
        for (List<KnownItem> kind : kinds.values()) {
            kind.sort(Comparator.comparingDouble(KnownItem::popularity));
            assertThat(kind).extracting(item -> score(scores, item)).isSorted();
        }
    }

    private static Map<String, Double> scores(Assortment assortment, Taste taste) {
        return assortment.best(taste, ITEMS).stream()
                .collect(Collectors.toMap(Pick::item, Pick::score));
    }

    private static double score(Map<String, Double> scores, KnownItem item) {
        return Objects.requireNonNull(scores.get(item.id()));
    }

    private static Assortment assortment(List<KnownItem> items) {
        return Assortment.of(items);
    }

    private static Taste taste(Assortment assortment, List<Act> acts) {
        Taste taste = assortment.taste();
        for (Act act : acts) {
            if (act.liked()) {
                taste.likes(act.item(), act.tenths());
            } else {
                taste.dislikes(act.item(), act.tenths());
            }
        }
        return taste;
    }

    private static List<KnownItem> items(Random random) {
        return IntStream.range(0, ITEMS)
                .mapToObj(
                        i ->
                                new KnownItem(
                                        "item-" + i,
                                        random.ints(random.nextInt(4), 0, CATEGORIES)
                                                .sorted()
                                                .distinct()
                                                .mapToObj(c -> "category-" + c)
                                                .toList(),
                                        random.nextInt(5) == 0 ? 0 : random.nextInt(50)))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static List<Act> acts(Random random) {
        return random.ints(random.nextInt(60), 0, ITEMS)
                .mapToObj(
                        i ->
                                new Act(
                                        "item-" + i,
                                        random.nextBoolean(),
                                        random.nextBoolean() ? Taste.WHOLE : Taste.SLIGHT))
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
