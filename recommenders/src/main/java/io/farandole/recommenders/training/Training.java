package io.farandole.recommenders.training;

import io.farandole.recommenders.dataset.Fingerprint;
import io.farandole.recommenders.dataset.Histories;
import io.farandole.recommenders.dataset.Interaction;
import io.farandole.recommenders.model.Description;
import io.farandole.recommenders.model.ItemWeights;
import io.farandole.recommenders.model.ModelSpec;
import io.farandole.recommenders.model.TrainedModel;
import java.time.Duration;
import java.util.Collection;

/**
 * Makes a model of interactions. The same interactions, specification and seed give the same model,
 * bit by bit, on the same kind of processor.
 */
public final class Training {

    /** Where weights speak, popularity only parts what is equal. */
    private static final float FAINT = 1e-6f;

    private static final double SHRINK_OF_SIMILAR = 10;

    private Training() {}

    /** Of the interactions alone, with what memory there is. */
    public static TrainedModel train(ModelSpec spec, Collection<Interaction> interactions) {
        return train(
                spec,
                interactions,
                Fingerprint.of(interactions),
                0,
                Progress.SILENT,
                MemoryBudget.ofThisProcess());
    }

    /**
     * @param dataset the fingerprint of the data set of which the interactions are the part to
     *     learn from
     * @param seed of families that draw lots; none does so far
     * @throws TooLarge before any of the memory is taken that is not there
     */
    public static TrainedModel train(
            ModelSpec spec,
            Collection<Interaction> interactions,
            String dataset,
            long seed,
            Progress progress,
            MemoryBudget budget) {
        long start = System.nanoTime();
        progress.at("grouping by user", 0, 1);
        Histories histories = Histories.of(interactions);
        Acts acts = Acts.of(histories);
        int[] dense = spec instanceof ModelSpec.Ease ease ? TrainingEase.dense(acts, ease) : EMPTY;
        MemoryEstimate.of(
                        spec,
                        new MemoryEstimate.Counts(
                                acts.itemCount(), interactions.size(), dense.length))
                .checkAgainst(budget, spec.text());
        ItemWeights weights = weights(spec, acts, dense, progress);
        progress.at("finding similar items", 0, 1);
        var similar =
                new Neighbours(acts.metRows(Neighbours.NOT_LIKED), SHRINK_OF_SIMILAR)
                        .nearest(Neighbours.SIMILAR);
        Description description =
                new Description(
                        spec.text(),
                        dataset,
                        "",
                        seed,
                        acts.userCount(),
                        acts.itemCount(),
                        interactions.size(),
                        weighted(weights),
                        Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0);
        return TrainedModel.of(
                description, acts.items(), prior(spec, histories, acts), weights, similar);
    }

    private static final int[] EMPTY = {};

    private static ItemWeights weights(ModelSpec spec, Acts acts, int[] dense, Progress progress) {
        return switch (spec) {
            case ModelSpec.Ease ease -> TrainingEase.train(acts, dense, ease, progress);
            case ModelSpec.ItemKnn knn -> {
                progress.at("finding neighbours", 0, 1);
                yield new ItemWeights.Sparse(
                        new Neighbours(acts.likedRows(), knn.shrink())
                                .nearest(knn.neighbours())
                                .transposed(acts.itemCount()));
            }
            case ModelSpec.Popularity _ -> new ItemWeights.None();
        };
    }

    private static float[] prior(ModelSpec spec, Histories histories, Acts acts) {
        if (spec instanceof ModelSpec.Popularity popularity) {
            return TrainingPopularity.train(histories, acts.items(), popularity);
        }
        float[] prior =
                TrainingPopularity.train(histories, acts.items(), ModelSpec.Popularity.UNDECAYED);
        for (int item = 0; item < prior.length; item++) {
            prior[item] *= FAINT;
        }
        return prior;
    }

    private static int weighted(ItemWeights weights) {
        return switch (weights) {
            case ItemWeights.None() -> 0;
            case ItemWeights.Dense dense -> dense.items().length;
            case ItemWeights.Sparse(var rows) -> {
                int count = 0;
                for (int row = 0; row < rows.rowCount(); row++) {
                    count += rows.starts()[row] < rows.starts()[row + 1] ? 1 : 0;
                }
                yield count;
            }
        };
    }
}
