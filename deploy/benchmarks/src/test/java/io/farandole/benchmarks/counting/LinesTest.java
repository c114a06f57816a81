package io.farandole.benchmarks.counting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.benchmarks.counting.Result.Figure;
import io.farandole.benchmarks.counting.Trial.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What goes between processes as a line comes out as it went in. */
class LinesTest {

    @Test
    void aTrial() {
        Trial trial = new Trial(Kind.RECOVERY, 5, 7, true, "workers=2 batch=250");
        assertThat(Trial.parse(trial.line())).isEqualTo(trial);
    }

    @Test
    void aResultWithWhatIsWrong() {
        Result result =
                new Result(
                        Map.of(Figure.PER_SECOND, 1.5, Figure.ROWS, 3.0),
                        List.of("a=b, 100 % wrong", "again"));
        assertThat(Result.parse(result.line())).isEqualTo(result);
    }

    @Test
    void whatATrialDoesNotTellIsNotZero() {
        Result result = new Result(Map.of(), List.of());
        assertThatThrownBy(() -> result.figure(Figure.PER_SECOND))
                .hasMessageContaining("PER_SECOND");
    }
}
