package io.farandole.recommenders.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoriesTest {

    @Test
    void tellsLikedFromMetByStars() {
        assertThat(of(act("good", 3.5, 1), act("bad", 3.4, 1), act("booked", Interaction.NONE, 1)))
                .containsOnly(
                        Map.entry("good", 1.0), Map.entry("bad", 0.0), Map.entry("booked", 1.0));
    }

    @Test
    void takesValuesUpToOneForMarks() {
        assertThat(of(act("seen", 1, 1), act("half", 0.5, 1), act("refused", 0, 1)))
                .containsOnly(
                        Map.entry("seen", 1.0), Map.entry("half", 1.0), Map.entry("refused", 0.0));
    }

    @Test
    void letsTheLatestGradeDecide() {
        assertThat(of(act("i", 2, 2), act("i", 5, 1), act("i", Interaction.NONE, 3)))
                .containsOnly(Map.entry("i", 0.0));
        assertThat(of(act("i", 5, 2), act("i", 2, 1))).containsOnly(Map.entry("i", 1.0));
    }

    @Test
    void knowsWhenSomethingWasLiked() {
        List<String> likes = new ArrayList<>();

        Histories.of(List.of(act("b", 5, 2), act("a", 4, 3), act("c", 1, 1)))
                .forEachLike((item, at) -> likes.add(item + " " + at.getEpochSecond()));

        assertThat(likes).containsExactly("a 3", "b 2");
    }

    @Test
    void isEmptyOfWhomItDoesNotKnow() {
        assertThat(Histories.of(List.of()).of("nobody")).isEmpty();
    }

    private static Map<String, Double> of(Interaction... acts) {
        return Histories.of(List.of(acts)).of("u");
    }

    private static Interaction act(String item, double value, int second) {
        return new Interaction("u", item, value, Instant.ofEpochSecond(second));
    }
}
