package io.farandole.recommenders.training;

import io.farandole.recommenders.dataset.Fingerprint;
import io.farandole.recommenders.dataset.Histories;
import io.farandole.recommenders.dataset.Interaction;
import io.farandole.recommenders.dataset.ItemFacts;
import io.farandole.recommenders.linear.Algebra;
import io.farandole.recommenders.linear.Alternating;
import io.farandole.recommenders.linear.Blending;
import io.farandole.recommenders.linear.Borrowing;
import io.farandole.recommenders.linear.Fitting;
import io.farandole.recommenders.linear.Neighbours;
import io.farandole.recommenders.linear.Scoring;
import io.farandole.recommenders.linear.Signals;
import io.farandole.recommenders.linear.Spectra;
import io.farandole.recommenders.model.Choice;
import io.farandole.recommenders.model.Description;
import io.farandole.recommenders.model.ItemWeights;
import io.farandole.recommenders.model.ModelSpec;
import io.farandole.recommenders.model.TrainedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Makes a model of interactions. The same interactions, specification and seed give the same model,
 * bit by bit, on the same kind of processor.
 */
public final class Training {

    /** Where weights speak, popularity only parts what is equal. */
    private static final float FAINT = 1e-6f;

    private static final double SHRINK_OF_SIMILAR = 10;

    private Training() {}

    /** Of {@code auto}, where nothing else is said. */
    public static final double USUAL_BUDGET = 600;

    /**
     * Finds the specification that foretells best what is held out of the interactions.
     *
     * @param units the budget; one is about a second of two cores, which is estimated, not measured
     */
    public static Choice choose(
            Collection<Interaction> interactions,
            long seed,
            double units,
            Progress progress,
            MemoryBudget budget) {
        return choose(interactions, ItemFacts.NONE, seed, units, Long.MAX_VALUE, progress, budget);
    }

    /**
     * The same, which stops trying when its time is up, on a machine that is slower than the units
     * are meant for: the choice's notes say so, and it is not to be had again.
     *
     * @param facts of items; those among them that nobody met can be recommended, too
     * @param nanos how long choosing, training what was chosen, and writing and using it may take
     */
    public static Choice choose(
            Collection<Interaction> interactions,
            ItemFacts facts,
            long seed,
            double units,
            long nanos,
            Progress progress,
            MemoryBudget budget) {
        long start = System.nanoTime();
        progress.at("grouping by user", 0, 1);
        Acts acts = Acts.of(Histories.of(interactions), facts);
        return new Choosing(
                        acts,
                        seed,
                        units,
                        () -> (double) (System.nanoTime() - start) / Math.max(nanos, 1),
                        budget,
                        progress)
                .choose();
    }

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

    /** Where nothing is known of items but who met them. */
    public static TrainedModel train(
            ModelSpec spec,
            Collection<Interaction> interactions,
            String dataset,
            long seed,
            Progress progress,
            MemoryBudget budget) {
        return train(spec, interactions, ItemFacts.NONE, dataset, seed, progress, budget);
    }

    /**
     * @param facts of items; those among them that nobody met get weights by what is alike
     * @param dataset the fingerprint of the data set of which the interactions are the part to
     *     learn from
     * @param seed of families that draw lots, as the spectra of filters do
     * @throws TooLarge before any of the memory is taken that is not there
     */
    public static TrainedModel train(
            ModelSpec spec,
            Collection<Interaction> interactions,
            ItemFacts facts,
            String dataset,
            long seed,
            Progress progress,
            MemoryBudget budget) {
        if (spec instanceof ModelSpec.Auto) {
            Choice choice =
                    choose(
                            interactions,
                            facts,
                            seed,
                            USUAL_BUDGET,
                            Long.MAX_VALUE,
                            progress,
                            budget);
            return train(
                    ModelSpec.parse(choice.spec()),
                    interactions,
                    facts,
                    dataset,
                    seed,
                    progress,
                    budget);
        }
        long start = System.nanoTime();
        progress.at("grouping by user", 0, 1);
        Histories histories = Histories.of(interactions);
        Acts acts = Acts.of(histories, facts);
        Signals signals = acts.signals(spec.counting().met());
        MemoryEstimate.of(spec, new MemoryEstimate.Counts(interactions.size(), signals))
                .checkAgainst(budget, spec.text());
        ItemWeights weights =
                Borrowing.complete(weights(spec, signals, seed, progress), signals, acts.content());
        progress.at("finding similar items", 0, 1);
        var similar =
                acts.content()
                        .added(
                                new Neighbours(
                                                acts.metRows(Neighbours.NOT_LIKED),
                                                SHRINK_OF_SIMILAR)
                                        .nearest(Neighbours.SIMILAR),
                                Neighbours.SIMILAR);
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
                        Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0,
                        Algebra.words());
        return TrainedModel.of(
                description, acts.items(), prior(spec, histories, acts), weights, similar);
    }

    private static ItemWeights weights(
            ModelSpec spec, Signals signals, long seed, Progress progress) {
        return switch (spec) {
            case ModelSpec.Linear linear -> Fitting.fit(linear, signals, seed, progress::at);
            case ModelSpec.Blend blend -> {
                List<Scoring> parts = new ArrayList<>();
                for (ModelSpec.Blend.Share share : blend.shares()) {
                    parts.add(
                            Fitting.scoring(
                                    share.spec(),
                                    signals,
                                    seed,
                                    new Spectra(signals, seed),
                                    progress::at,
                                    _ -> true));
                }
                progress.at("adding up", 0, 1);
                double[] shares =
                        blend.shares().stream()
                                .mapToDouble(ModelSpec.Blend.Share::weight)
                                .toArray();
                yield new Blending(signals, parts, shares).weights();
            }
            case ModelSpec.Ials ials ->
                    new ItemWeights.Factored(
                            new Alternating(signals, ials).items(seed, progress::at));
            case ModelSpec.Popularity _ -> new ItemWeights.None();
            case ModelSpec.Auto _ -> throw new IllegalArgumentException("auto was not chosen yet");
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
            case ItemWeights.Factored(var factors) -> factors.count();
            case ItemWeights.Sum(_, var factors, _) -> factors.count();
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
