package io.farandole.recommenders.linear;

import io.farandole.recommenders.model.ItemWeights;
import io.farandole.recommenders.model.ModelSpec;
import java.util.Comparator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** From a specification to weights between items. */
public final class Fitting {

    private Fitting() {}

    public static ItemWeights fit(
            ModelSpec.Linear spec, Signals signals, long seed, Ridge.Steps steps) {
        return fit(spec, signals, seed, steps, _ -> true);
    }

    /**
     * The same, where not all items' rows are needed.
     *
     * @param wanted items; of those that are not, some families leave the rows 0, which saves time
     */
    public static ItemWeights fit(
            ModelSpec.Linear spec,
            Signals signals,
            long seed,
            Ridge.Steps steps,
            IntPredicate wanted) {
        return switch (spec) {
            case ModelSpec.Ease ease ->
                    ease.neighbours() > 0
                            ? new Ridge(signals, ease).amongNearest(dense(signals, ease), steps)
                            : new Ridge(signals, ease).among(dense(signals, ease), steps);
            case ModelSpec.Graph graph -> {
                steps.at("filtering the graph", 0, 1);
                yield new GraphFilter(signals, graph, new Spectra(signals, seed))
                        .weights(Kept.of(signals.itemCount()), wanted);
            }
            case ModelSpec.ItemKnn knn -> {
                steps.at("finding neighbours", 0, 1);
                yield new ItemWeights.Sparse(
                        new Neighbours(signals.byUser(), knn.shrink())
                                .nearest(knn.neighbours())
                                .transposed(signals.itemCount()));
            }
            case ModelSpec.Rp3Beta walk -> {
                steps.at("walking", 0, 1);
                yield new RandomWalk(signals, walk).weights(walk.neighbours(), wanted);
            }
            case ModelSpec.Content content -> {
                if (signals.content().isEmpty()) {
                    throw new IllegalArgumentException(
                            content.text() + " needs facts of items, and none were given");
                }
                steps.at("comparing contents", 0, 1);
                yield new ItemWeights.Sparse(
                        signals.content()
                                .nearest(content.neighbours())
                                .transposed(signals.itemCount()));
            }
            case ModelSpec.Turbo turbo -> {
                steps.at("filtering the graph by a polynomial", 0, 1);
                yield new PolynomialFilter(signals, turbo)
                        .weights(Kept.of(signals.itemCount()), wanted);
            }
            case ModelSpec.Transitions transitions -> {
                steps.at("counting transitions", 0, 1);
                yield new Transitions(signals, transitions)
                        .weights(Kept.of(signals.itemCount()), wanted);
            }
        };
    }

    /**
     * The same as it is best added to others: a filter is no matrix before it has to be one.
     *
     * @param spectra of these signals
     */
    public static Scoring scoring(
            ModelSpec.Blendable spec,
            Signals signals,
            long seed,
            Spectra spectra,
            Ridge.Steps steps,
            IntPredicate wanted) {
        return switch (spec) {
            case ModelSpec.Graph graph -> {
                steps.at("filtering the graph", 0, 1);
                yield new GraphFilter(signals, graph, spectra);
            }
            case ModelSpec.Ials ials ->
                    new FactorScores(new Alternating(signals, ials).items(seed, steps));
            case ModelSpec.Linear linear ->
                    new Scores(fit(linear, signals, seed, steps, wanted), signals.itemCount());
        };
    }

    /** The items that enter a matrix of all pairs, ascending. */
    public static int[] dense(Signals signals, ModelSpec.Ease spec) {
        int[][] users = signals.byItem().items();
        if (spec.neighbours() > 0) {
            return IntStream.range(0, users.length)
                    .boxed()
                    .sorted(Comparator.comparingInt(item -> -users[item].length))
                    .limit(spec.whole())
                    .mapToInt(Integer::intValue)
                    .sorted()
                    .toArray();
        }
        return IntStream.range(0, users.length)
                .filter(item -> users[item].length >= spec.support())
                .toArray();
    }
}
