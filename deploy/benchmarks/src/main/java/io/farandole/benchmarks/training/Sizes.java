package io.farandole.benchmarks.training;

import io.farandole.benchmarks.report.Extent;
import java.util.List;

/**
 * How much is done, by extent.
 *
 * @param heap flags of both sides' JVMs: as much as they may have, 1 GB being what Spark gives a
 *     driver by itself
 * @param growth how many interactions in each step
 */
record Sizes(
        Als als,
        List<String> heap,
        int rounds,
        int easeItems,
        int easeUsers,
        int scoredUsers,
        int scoredItems,
        List<Growth> growth) {

    /**
     * @param mean interactions of a user
     */
    record Als(int interactions, int items, int mean, int rank, int iterations) {}

    /** One step: sixteen times the interactions and users come with four times the items. */
    record Growth(int times, int interactions, int items) {}

    static Sizes of(Extent extent) {
        return extent.pick(
                new Sizes(
                        new Als(5_000, 400, 20, 8, 2),
                        List.of("-Xmx1g"),
                        2,
                        200,
                        300,
                        100,
                        500,
                        growth(1_000, 80)),
                new Sizes(
                        new Als(1_000_000, 10_000, 50, 64, 10),
                        List.of("-Xmx1g"),
                        3,
                        10_000,
                        20_000,
                        10_000,
                        50_000,
                        growth(100_000, 2_500)),
                new Sizes(
                        new Als(10_000_000, 20_000, 50, 64, 10),
                        List.of("-Xmx6g"),
                        5,
                        10_000,
                        20_000,
                        10_000,
                        50_000,
                        growth(250_000, 2_500)));
    }

    private static List<Growth> growth(int interactions, int items) {
        return List.of(
                new Growth(1, interactions, items),
                new Growth(4, 4 * interactions, 2 * items),
                new Growth(16, 16 * interactions, 4 * items));
    }
}
