package io.farandole.recommenders.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.recommenders.dataset.Interaction;
import io.farandole.recommenders.dataset.ItemFacts;
import io.farandole.recommenders.model.Choice;
import io.farandole.recommenders.model.ModelSpec;
import io.farandole.recommenders.model.TrainedModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code auto} on data of different shapes, each of which something else foretells. */
class ChoosingTest {

    private static final MemoryBudget PLENTY = new MemoryBudget(1L << 40, 1L << 40);
    private static final int ITEMS = 60;

    @Test
    void findsKindsWhereUsersHaveKinds() {
        Choice choice = choose(kinds(false), 60);

        assertThat(choice.validation()).contains("by lot");
        assertThat(choice.spec()).startsWith("blend + ").doesNotContain("recency");
        TrainedModel model = Training.train(ModelSpec.parse(choice.spec()), kinds(false));
        assertThat(model.fold(Map.of("i0", 1.0, "i3", 1.0, "i6", 1.0)).bestItems(5))
                .allMatch(item -> number(item) % 3 == 0);
    }

    @Test
    void findsWhatComesNextWhereOneThingLeadsToAnother() {
        Choice choice = choose(chains(), 60);

        assertThat(choice.validation()).contains("last");
        assertThat(choice.spec()).contains("recency=");
        TrainedModel model = Training.train(ModelSpec.parse(choice.spec()), chains());
        var history = new LinkedHashMap<String, Double>();
        List.of("i50", "i9", "i20").forEach(item -> history.put(item, 1.0));
        assertThat(model.foldInOrder(history).bestItems(1)).containsExactly("i21");
        assertThat(model.foldInOrder(history.reversed()).bestItems(1)).containsExactly("i51");
    }

    @Test
    void choosesTheSameAgainWhateverTheOrder() {
        List<Interaction> acts = kinds(true);
        Choice first = choose(acts, 60);

        assertThat(choose(acts.reversed(), 60)).isEqualTo(first);
        assertThat(first.wasLate()).isFalse();
    }

    @Test
    void countsWhatWasNotLikedWhereItTellsWhatIsMetNext() {
        // Stars are drawn by lot: what was not liked tells of the kind as well as what was.
        assertThat(choose(kinds(true), 60).spec()).startsWith("blend:met=1");
    }

    @Test
    void triesLessWithALesserBudgetAndSaysSo() {
        Choice full = choose(kinds(false), 60);
        Choice less = choose(kinds(false), full.units() / 2);

        assertThat(less.units()).isLessThan(full.units());
        assertThat(less.tried())
                .anyMatch(one -> one.note().contains("budget is used up") && one.quality() == 0);
    }

    @Test
    void stopsAtTheClockAndSaysThatItDid() {
        Choice late =
                Training.choose(kinds(false), ItemFacts.NONE, 0, 60, 0, Progress.SILENT, PLENTY);

        assertThat(late.wasLate()).isTrue();
        assertThat(late.spec()).isEqualTo("blend + 1*rp3beta:alpha=0.8,beta=0.4");
    }

    @Test
    void leavesOutWhatDoesNotFit() {
        Choice choice =
                Training.choose(
                        kinds(false), 0, 60, Progress.SILENT, new MemoryBudget(1L << 40, 1_000));

        assertThat(choice.tried())
                .filteredOn(one -> one.spec().startsWith("ease"))
                .isNotEmpty()
                .allMatch(one -> one.spec().contains("neighbours="));
    }

    @Test
    void choosesWhatIsPopularWhereThereIsNothingToLearn() {
        assertThat(choose(List.of(), 60).spec()).isEqualTo("popularity:half-life=none");
    }

    private static Choice choose(List<Interaction> acts, double units) {
        return Training.choose(acts, 7, units, Progress.SILENT, PLENTY);
    }

    /** Each user is of one of three kinds, and meets mostly that kind. */
    private static List<Interaction> kinds(boolean stars) {
        Random random = new Random(3);
        List<Interaction> acts = new ArrayList<>();
        for (int user = 0; user < 120; user++) {
            Set<Integer> met = new LinkedHashSet<>();
            while (met.size() < 10) {
                int item = (int) (ITEMS * Math.pow(random.nextDouble(), 1.5));
                if (item % 3 == user % 3 || random.nextInt(8) == 0) {
                    met.add(item);
                }
            }
            for (int item : met) {
                acts.add(
                        new Interaction(
                                "u" + user,
                                "i" + item,
                                stars ? 1 + random.nextInt(5) : Interaction.NONE,
                                Instant.EPOCH));
            }
        }
        return acts;
    }

    /** Each item leads to the next one, for three steps; then something else begins. */
    private static List<Interaction> chains() {
        Random random = new Random(3);
        List<Interaction> acts = new ArrayList<>();
        for (int user = 0; user < 200; user++) {
            Set<Integer> met = new LinkedHashSet<>();
            while (met.size() < 12) {
                int item = random.nextInt(ITEMS);
                for (int step = 0; step < 4; step++) {
                    met.add((item + step) % ITEMS);
                }
            }
            Instant at = Instant.EPOCH;
            for (int item : met) {
                at = at.plus(Duration.ofMinutes(1));
                acts.add(Interaction.of("u" + user, "i" + item, at));
            }
        }
        return acts;
    }

    private static int number(String item) {
        return Integer.parseInt(item.substring(1));
    }
}
