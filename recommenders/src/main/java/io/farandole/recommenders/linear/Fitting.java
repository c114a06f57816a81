package io.farandole.recommenders.linear;

import io.farandole.recommenders.model.ItemWeights;
import io.farandole.recommenders.model.ModelSpec;
import java.util.stream.IntStream;

/** From a specification to weights between items. */
public final class Fitting {

    private Fitting() {}

    public static ItemWeights fit(
            ModelSpec.Linear spec, Signals signals, long seed, Ridge.Steps steps) {
        return switch (spec) {
            case ModelSpec.Ease ease ->
                    ease.neighbours() > 0
                            ? new Ridge(signals, ease).amongNearest(steps)
                            : new Ridge(signals, ease).among(dense(signals, ease), steps);
            case ModelSpec.Graph graph -> {
                steps.at("filtering the graph", 0, 1);
                yield new GraphFilter(signals, graph, seed).weights(Kept.of(signals.itemCount()));
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
                yield new RandomWalk(signals, walk).weights(walk.neighbours());
            }
            case ModelSpec.Transitions transitions -> {
                steps.at("counting transitions", 0, 1);
                yield new Transitions(signals, transitions).weights(Kept.of(signals.itemCount()));
            }
        };
    }

    /** The items that enter a matrix of all pairs, ascending. */
    public static int[] dense(Signals signals, ModelSpec.Ease spec) {
        if (spec.neighbours() > 0) {
            return new int[0];
        }
        int[][] users = signals.byItem().items();
        return IntStream.range(0, users.length)
                .filter(item -> users[item].length >= spec.support())
                .toArray();
    }
}
