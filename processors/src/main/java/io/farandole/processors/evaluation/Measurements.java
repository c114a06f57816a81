package io.farandole.processors.evaluation;

import io.farandole.recommenders.evaluation.Evaluation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that was measured of a model, as it is kept: {@code metrics.json}.
 *
 * @param dataset whose later part it was measured on
 * @param popularity the stronger of popularity with and without decay
 * @param differences of NDCG@10, by user, to each of the others
 */
record Measurements(
        String dataset,
        Evaluation.Report model,
        Evaluation.Report popularity,
        Evaluation.@Nullable Report incumbent,
        List<Evaluation.Difference> differences) {}
