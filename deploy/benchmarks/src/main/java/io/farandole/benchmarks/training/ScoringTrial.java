package io.farandole.benchmarks.training;

import io.farandole.benchmarks.report.Findings;
import io.farandole.benchmarks.report.Row;
import io.farandole.benchmarks.report.Target;
import io.farandole.recommenders.model.Factors;
import io.farandole.recommenders.model.FloatAddress;
import io.farandole.recommenders.model.TopScores;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.bytedeco.openblas.global.openblas;

/**
 * Everybody's best twenty of all items by factors, as a model is evaluated, beside the bare product
 * of the two matrices by the same OpenBLAS, which makes no list and writes the scores of a block of
 * users over those of the block before.
 */
final class ScoringTrial {

    private static final double PART = 0.6;
    private static final double NANOS = 1e9;
    private static final double GIGA = 1e9;
    private static final int BEST = 20;
    private static final int BLOCK = 256;

    private final Sizes sizes;
    private final Findings findings;
    private final int rank;

    ScoringTrial(Sizes sizes, Findings findings) {
        this.sizes = sizes;
        this.findings = findings;
        this.rank = sizes.als().rank();
    }

    void measure() {
        SplittableRandom random = new SplittableRandom(rank);
        float[][] users = new float[sizes.scoredUsers()][];
        for (int user = 0; user < users.length; user++) {
            users[user] = factors(1, random);
        }
        Factors items = new Factors(factors(sizes.scoredItems(), random), rank, 1, 1);
        TopScores top = new TopScores(items, new float[sizes.scoredItems()], BEST);
        int[][] nothing = new int[users.length][0];
        List<Double> lists = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        long checksum = 0;
        // the first two of each are only to get warm
        for (int round = -2; round < sizes.rounds(); round++) {
            double product = product(users, items);
            long start = System.nanoTime();
            int[][] best = top.of(users, nothing);
            double seconds = (System.nanoTime() - start) / NANOS;
            checksum += best[best.length - 1][0];
            findings.say(
                    String.format(
                            Locale.ROOT, "lists in %.2f s, product in %.2f s", seconds, product));
            if (round >= 0) {
                lists.add(perSecond(seconds));
                bare.add(perSecond(product));
            }
        }
        findings.say("scored (checksum " + checksum + ")");
        findings.row(
                Row.of(
                        String.format(
                                Locale.ROOT,
                                "best %d of %,d items for %,d users, beside the bare product",
                                BEST,
                                sizes.scoredItems(),
                                sizes.scoredUsers()),
                        "G scores/s",
                        lists,
                        bare,
                        Target.atLeastOfOther(PART)));
    }

    private double perSecond(double seconds) {
        return (double) sizes.scoredUsers() * sizes.scoredItems() / seconds / GIGA;
    }

    private float[] factors(int rows, SplittableRandom random) {
        float[] factors = new float[rows * rank];
        for (int at = 0; at < factors.length; at++) {
            factors[at] = (float) random.nextGaussian();
        }
        return factors;
    }

    private double product(float[][] users, Factors items) {
        int size = items.count();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment right = floats(arena, items.rows().length);
            MemorySegment.copy(
                    items.rows(), 0, right, ValueLayout.JAVA_FLOAT, 0, items.rows().length);
            MemorySegment left = floats(arena, BLOCK * rank);
            MemorySegment scores = floats(arena, BLOCK * size);
            long start = System.nanoTime();
            for (int from = 0; from < users.length; from += BLOCK) {
                int count = Math.min(BLOCK, users.length - from);
                for (int at = 0; at < count; at++) {
                    MemorySegment.copy(
                            users[from + at],
                            0,
                            left,
                            ValueLayout.JAVA_FLOAT,
                            (long) at * rank * Float.BYTES,
                            rank);
                }
                multiply(left, right, scores, count, size);
            }
            return (System.nanoTime() - start) / NANOS;
        }
    }

    private void multiply(
            MemorySegment users, MemorySegment items, MemorySegment scores, int count, int size) {
        try (FloatAddress left = new FloatAddress(users);
                FloatAddress right = new FloatAddress(items);
                FloatAddress product = new FloatAddress(scores)) {
            openblas.cblas_sgemm(
                    openblas.CblasRowMajor,
                    openblas.CblasNoTrans,
                    openblas.CblasTrans,
                    count,
                    size,
                    rank,
                    1,
                    left,
                    rank,
                    right,
                    rank,
                    0,
                    product,
                    size);
        }
    }

    private static MemorySegment floats(Arena arena, int count) {
        return arena.allocate((long) count * Float.BYTES, Long.BYTES * 8L);
    }
}
