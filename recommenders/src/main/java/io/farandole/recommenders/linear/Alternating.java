package io.farandole.recommenders.linear;

import io.farandole.recommenders.model.Factors;
import io.farandole.recommenders.model.ModelSpec;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Implicit ALS (Hu et al. 2008) as revisited by Rendle et al. (RecSys 2022, "Revisiting the
 * performance of iALS on item recommendation benchmarks"): regularised by frequency, begun with
 * small numbers, N(0, 0.1 / √rank). Users and items in turn, each exactly; rows do not depend on
 * each other, so that the number of threads does not matter.
 */
public final class Alternating {

    private static final double DEVIATION = 0.1;

    private final Signals signals;
    private final ModelSpec.Ials spec;

    public Alternating(Signals signals, ModelSpec.Ials spec) {
        this.signals = signals;
        this.spec = spec;
    }

    /** The items' factors. */
    public Factors items(long seed, Ridge.Steps steps) {
        int rank = spec.rank();
        SplittableRandom random = new SplittableRandom(seed);
        float[] items = new float[Math.multiplyExact(signals.itemCount(), rank)];
        double deviation = DEVIATION / Math.sqrt(rank);
        for (int i = 0; i < items.length; i++) {
            items[i] = (float) (deviation * random.nextGaussian());
        }
        for (int iteration = 0; iteration < spec.iterations(); iteration++) {
            steps.at("alternating", iteration, spec.iterations());
            items = other(signals.byItem(), factors(other(signals.byUser(), factors(items))));
        }
        return factors(items);
    }

    private Factors factors(float[] rows) {
        return new Factors(rows, spec.rank(), spec.alpha(), spec.lambda());
    }

    private float[] other(WeightedRows acts, Factors these) {
        int rank = spec.rank();
        float[] found = new float[Math.multiplyExact(acts.items().length, rank)];
        IntStream.range(0, acts.items().length)
                .parallel()
                .forEach(
                        row ->
                                System.arraycopy(
                                        these.folded(acts.items()[row], acts.weights()[row]),
                                        0,
                                        found,
                                        row * rank,
                                        rank));
        return found;
    }
}
