package io.farandole.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowTest {

    @Test
    void aFigureIsTheMedianOfItsRounds() {
        Row row = Row.of("row", "ms", List.of(9.0, 1.0, 2.0), List.of(30.0, 10.0, 8.0), null);
        assertThat(row.value()).isEqualTo(2);
        assertThat(row.other()).isEqualTo(10);
        assertThat(row.ratio()).isEqualTo(0.2);
        assertThat(row.reached()).isNull();
    }

    @Test
    void partsAreThoseThatAFigureDoesNotExceed() {
        List<Double> figures = List.of(4.0, 3.0, 2.0, 1.0);
        assertThat(Figure.median(figures)).isEqualTo(2);
        assertThat(Figure.at(figures, 0.99)).isEqualTo(4);
        assertThat(Figure.at(figures, 0)).isEqualTo(1);
    }

    @Test
    void aTargetIsReachedFromItsOwnSide() {
        assertThat(reached(60, Target.atLeast(60), null)).isTrue();
        assertThat(reached(59, Target.atLeast(60), null)).isFalse();
        assertThat(reached(60, Target.atMost(60), null)).isTrue();
        assertThat(reached(61, Target.atMost(60), null)).isFalse();
    }

    @Test
    void aTargetMayAskForAPartOfTheOthersToo() {
        Target target = Target.atMost(2).andOfOther(0.2);
        assertThat(reached(2, target, 10.0)).isTrue();
        assertThat(reached(2, target, 9.0)).isFalse();
        assertThat(reached(3, target, 100.0)).isFalse();
        assertThat(reached(2, target, null)).as("nothing to compare with").isNull();
        assertThat(reached(3, target, null)).as("missed whatever the other has").isFalse();
        assertThat(target.text("ms")).isEqualTo("≤ 2 ms, ≤ 0.20 × the other's");
    }

    @Test
    void aTargetMayBeAPartOfTheOthersAlone() {
        Target target = Target.atLeastOfOther(0.4);
        assertThat(reached(4, target, 10.0)).isTrue();
        assertThat(reached(3.9, target, 10.0)).isFalse();
        assertThat(target.text("/s")).isEqualTo("≥ 0.40 × the other's");
    }

    @Test
    void figuresHaveThreeDigitsThatMatter() {
        assertThat(Figure.text(60_000)).isEqualTo("60,000");
        assertThat(Figure.text(1234.5)).isEqualTo("1,235");
        assertThat(Figure.text(12.34)).isEqualTo("12.3");
        assertThat(Figure.text(0.567)).isEqualTo("0.57");
    }

    private static @Nullable Boolean reached(double value, Target target, @Nullable Double other) {
        return target.reached(value, other);
    }
}
