package io.farandole.benchmarks.training;

import io.farandole.benchmarks.report.Figure;
import io.farandole.benchmarks.report.Findings;
import io.farandole.benchmarks.report.Row;
import io.farandole.benchmarks.report.Target;
import io.farandole.recommenders.linear.Ridge;
import io.farandole.recommenders.linear.Signals;
import io.farandole.recommenders.linear.SymmetricMatrix;
import io.farandole.recommenders.model.ItemWeights;
import io.farandole.recommenders.model.ModelSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * EASE from interactions to weights, beside what nothing in closed form can do without: inverting a
 * matrix of that size, with the same OpenBLAS. They take turns.
 */
final class EaseTrial {

    private static final double PART = 1.3;
    private static final double NANOS = 1e9;
    private static final int MEAN = 50;

    private final Sizes sizes;
    private final Findings findings;

    EaseTrial(Sizes sizes, Findings findings) {
        this.sizes = sizes;
        this.findings = findings;
    }

    void measure() {
        Signals signals = Signal.of(Likes.of(sizes.easeUsers() * MEAN, sizes.easeItems(), MEAN));
        int[] items = IntStream.range(0, sizes.easeItems()).toArray();
        List<Double> whole = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        // the first of each is only to get warm
        for (int round = 0; round <= sizes.rounds(); round++) {
            double inverting = inverting(sizes.easeItems());
            double fitting = fitting(signals, items);
            findings.say(
                    "EASE: "
                            + Figure.text(fitting)
                            + " s, inverting alone "
                            + Figure.text(inverting)
                            + " s");
            if (round > 0) {
                whole.add(fitting);
                bare.add(inverting);
            }
        }
        findings.row(
                Row.of(
                        String.format(
                                Locale.ROOT,
                                "EASE of %,d items, beside LAPACK's inversion",
                                sizes.easeItems()),
                        "s",
                        whole,
                        bare,
                        Target.atMostOfOther(PART)));
    }

    private static double fitting(Signals signals, int[] items) {
        long start = System.nanoTime();
        ItemWeights.Dense found =
                new Ridge(signals, ModelSpec.Ease.USUAL).among(items, (_, _, _) -> {});
        double seconds = (System.nanoTime() - start) / NANOS;
        if (found.items().length != items.length) {
            throw new IllegalStateException("EASE left out items");
        }
        return seconds;
    }

    private static double inverting(int size) {
        try (SymmetricMatrix matrix = new SymmetricMatrix(size)) {
            SplittableRandom random = new SplittableRandom(size);
            for (int row = 0; row < size; row++) {
                for (int column = 0; column < row; column++) {
                    matrix.set(row, column, (float) random.nextDouble());
                }
                matrix.set(row, row, size);
            }
            long start = System.nanoTime();
            matrix.invert();
            return (System.nanoTime() - start) / NANOS;
        }
    }
}
