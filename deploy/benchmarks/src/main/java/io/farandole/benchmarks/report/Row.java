package io.farandole.benchmarks.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One figure of a benchmark.
 *
 * @param value the median of the rounds
 * @param other what was measured beside it in the same run, in the same way
 * @param ratio value divided by other
 * @param target in words
 * @param reached null where there is no target, or it hangs on what was not measured
 */
public record Row(
        String what,
        String unit,
        double value,
        List<Double> rounds,
        @Nullable Double other,
        List<Double> otherRounds,
        @Nullable Double ratio,
        @Nullable String target,
        @Nullable Boolean reached) {

    public static Row of(String what, String unit, List<Double> rounds) {
        return of(what, unit, rounds, List.of(), null);
    }

    public static Row of(
            String what,
            String unit,
            List<Double> rounds,
            List<Double> otherRounds,
            @Nullable Target target) {
        double value = Figure.median(rounds);
        Double other = otherRounds.isEmpty() ? null : Figure.median(otherRounds);
        return new Row(
                what,
                unit,
                value,
                List.copyOf(rounds),
                other,
                List.copyOf(otherRounds),
                other == null ? null : value / other,
                target == null ? null : target.text(unit),
                target == null ? null : target.reached(value, other));
    }
}
