package io.farandole.local.offline;

import io.farandole.recommenders.evaluation.Evaluation.Difference;
import io.farandole.recommenders.evaluation.Evaluation.Report;
import io.farandole.recommenders.evaluation.HeldOut;
import java.util.Comparator;
import java.util.List;

/**
 * A model beside what it has to beat, on one split.
 *
 * @param models the model first
 * @param differences the model minus each of the others, at the first length
 */
public record Comparison(
        String split,
        int trainInteractions,
        HeldOut.Counts test,
        List<Entry> models,
        List<Difference> differences) {

    /**
     * @param seconds of the training
     */
    public record Entry(double seconds, Report report) {}

    /** Against the strongest popularity; what decides. */
    public Difference abovePopularity() {
        return differences.stream()
                .filter(difference -> difference.minus().startsWith("popularity"))
                .min(Comparator.comparingDouble(one -> one.interval().mean()))
                .orElseThrow();
    }
}
