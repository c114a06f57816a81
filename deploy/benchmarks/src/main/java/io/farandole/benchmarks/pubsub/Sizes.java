package io.farandole.benchmarks.pubsub;

import io.farandole.benchmarks.report.Extent;
import java.time.Duration;

/**
 * How much of each is measured.
 *
 * @param warmUps rounds that do not count, of which the JIT compilers have need
 * @param backlog messages that are published, then drained
 * @param longestDrain when to stop draining, for a server that would take minutes
 * @param live how long messages are published and received at the same time
 * @param latencies messages at 200 a second that count, after a fifth as many that do not
 * @param million the backlog whose memory is measured
 * @param residents the backlog with which two processes are compared; 0 to leave that out
 */
record Sizes(
        int warmUps,
        int rounds,
        int backlog,
        Duration longestDrain,
        Duration live,
        int latencies,
        int million,
        int residents,
        int starts,
        int forces,
        long loopbackBytes) {

    static Sizes of(Extent extent) {
        return extent.pick(
                new Sizes(
                        0,
                        1,
                        2_000,
                        Duration.ofSeconds(30),
                        Duration.ofMillis(200),
                        40,
                        5_000,
                        0,
                        1,
                        5,
                        8L << 20),
                new Sizes(
                        2,
                        5,
                        100_000,
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(3),
                        1_200,
                        1_000_000,
                        0,
                        5,
                        200,
                        1L << 30),
                new Sizes(
                        3,
                        7,
                        100_000,
                        Duration.ofMinutes(3),
                        Duration.ofSeconds(10),
                        4_000,
                        1_000_000,
                        300_000,
                        7,
                        500,
                        4L << 30));
    }
}
