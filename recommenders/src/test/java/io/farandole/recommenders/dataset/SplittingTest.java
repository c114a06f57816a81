package io.farandole.recommenders.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SplittingTest {

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 40);
    }

    @ParameterizedTest
    @CsvSource({"1,0", "4,0", "5,1", "6,2", "10,2", "11,3"})
    void holdsOutAFifthRoundedUpOfWhoeverHasFive(int acts, int heldOut) {
        List<Interaction> history = IntStream.range(0, acts).mapToObj(i -> act("u", i, i)).toList();

        Split split = Splitting.perUser(history);

        assertThat(split.test()).isEqualTo(history.subList(acts - heldOut, acts));
        assertThat(split.train()).isEqualTo(history.subList(0, acts - heldOut));
    }

    @Test
    void partsActsOfOneMomentByTheirItems() {
        List<Interaction> history =
                IntStream.of(3, 1, 4, 2, 0).mapToObj(i -> act("u", i, 7)).toList();

        assertThat(Splitting.perUser(history).test()).containsExactly(act("u", 4, 7));
    }

    @Test
    void cutsAllAtOneMomentAndTestsThoseWhoWereThereBefore() {
        List<Interaction> acts = new ArrayList<>();
        IntStream.range(0, 8).forEach(i -> acts.add(act("old" + i % 2, i, i)));
        acts.add(act("old1", 8, 8));
        acts.add(act("new", 9, 9));

        Split split = Splitting.global(acts);

        assertThat(split.train()).isEqualTo(acts.subList(0, 8));
        assertThat(split.test()).containsExactly(act("old1", 8, 8));
        assertThat(Splitting.cut(acts)).contains(Instant.ofEpochSecond(8));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void testsOnlyWhatCameLater(long seed) {
        List<Interaction> acts = random(new Random(seed));

        Split perUser = Splitting.perUser(acts);
        for (String user : users(perUser.test())) {
            assertThat(times(perUser.train(), user).getLast())
                    .isBeforeOrEqualTo(times(perUser.test(), user).getFirst());
        }
        Split global = Splitting.global(acts);
        Instant cut = Splitting.cut(acts).orElseThrow();
        assertThat(global.train()).allMatch(act -> !act.at().isAfter(cut));
        assertThat(global.test()).allMatch(act -> !act.at().isBefore(cut));
        assertThat(users(global.train())).containsAll(users(global.test()));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void neitherLosesNorRepeatsAnyNorMindsTheirOrder(long seed) {
        Random random = new Random(seed);
        List<Interaction> acts = random(random);
        DataSet set = DataSet.of(acts);
        List<Interaction> both = new ArrayList<>(set.perUser().train());
        both.addAll(set.perUser().test());
        assertThat(both).containsExactlyInAnyOrderElementsOf(acts);

        Collections.shuffle(acts, random);

        assertThat(DataSet.of(acts)).isEqualTo(set);
        assertThat(DataSet.of(acts.subList(1, acts.size())).summary().fingerprint())
                .isNotEqualTo(set.summary().fingerprint());
    }

    private static List<Interaction> random(Random random) {
        return IntStream.range(0, 200)
                .mapToObj(
                        _ -> act("u" + random.nextInt(12), random.nextInt(50), random.nextInt(30)))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static List<String> users(List<Interaction> acts) {
        return acts.stream().map(Interaction::user).distinct().toList();
    }

    private static List<Instant> times(List<Interaction> acts, String user) {
        return acts.stream()
                .filter(act -> act.user().equals(user))
                .map(Interaction::at)
                .sorted()
                .toList();
    }

    private static Interaction act(String user, int item, int second) {
        return new Interaction(user, "i" + item, 4, Instant.ofEpochSecond(second));
    }
}
