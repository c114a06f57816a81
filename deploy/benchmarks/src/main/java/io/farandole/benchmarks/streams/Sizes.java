package io.farandole.benchmarks.streams;

import io.farandole.benchmarks.report.Extent;
import java.util.List;

/**
 * How much of each is measured.
 *
 * @param backlog events that are drained, and that are counted anew
 * @param trials events that are drained to get warm and to find the best setting
 * @param candidates how many settings are tried
 * @param keys numbers of Zipf keys; the first is that of all rows but those of the cost
 * @param latencies events at 1,000 a second, of which the first quarter does not count
 * @param latencyTrials the same, to find the best setting
 * @param recovery events at 1,000 a second, at most: they end with the recovery
 * @param ackDeadlineSeconds as the platform provisions it; but for a moment the least that there is
 */
record Sizes(
        int backlog,
        int trials,
        int candidates,
        List<Integer> keys,
        int latencies,
        int latencyTrials,
        int recovery,
        int ackDeadlineSeconds,
        int forces) {

    private static final List<Integer> KEYS = List.of(100_000, 1_000_000, 3_000_000);

    static Sizes of(Extent extent) {
        return extent.pick(
                new Sizes(2_000, 1_000, 1, List.of(100, 200, 300), 600, 400, 2_000, 10, 5),
                new Sizes(1_000_000, 200_000, 4, KEYS, 40_000, 12_000, 300_000, 60, 200),
                new Sizes(5_000_000, 500_000, 4, KEYS, 120_000, 20_000, 300_000, 60, 500));
    }
}
