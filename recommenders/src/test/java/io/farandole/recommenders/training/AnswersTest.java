package io.farandole.recommenders.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswersTest {

    private static final Answers BASE = answers(0.1, 0.5, 0.3, 0.9);

    @Test
    void areClearlyBetterWhereNearlyEachIs() {
        assertThat(answers(0.2, 0.6, 0.4, 0.9).areClearlyBetterThan(BASE)).isTrue();
        assertThat(BASE.areClearlyBetterThan(answers(0.2, 0.6, 0.4, 0.9))).isFalse();
    }

    @Test
    void areNotWhereOneAloneMadeTheMean() {
        // Gains of 0, 0, -0.05 and 0.1: their mean is below one standard error.
        assertThat(answers(0.1, 0.5, 0.25, 1).areClearlyBetterThan(BASE)).isFalse();
        assertThat(BASE.areClearlyBetterThan(BASE)).isFalse();
    }

    @Test
    void areBetterBySoManyErrorsAsTheyAre() {
        // Gains of 0.1, 0.1, 0.1 and 0: their mean is three standard errors.
        assertThat(answers(0.2, 0.6, 0.4, 0.9).areBetterThan(BASE, 2.9)).isTrue();
        assertThat(answers(0.2, 0.6, 0.4, 0.9).areBetterThan(BASE, 3.1)).isFalse();
    }

    @Test
    void compareMeansWhereTheQuestionsWereOthers() {
        assertThat(answers(0.46).areClearlyBetterThan(BASE)).isTrue();
        assertThat(BASE.areClearlyBetterThan(Answers.NONE)).isTrue();
        assertThat(Answers.NONE.areClearlyBetterThan(BASE)).isFalse();
    }

    private static Answers answers(double... ofEach) {
        return new Answers(ofEach);
    }
}
