package io.farandole.benchmarks.pubsub;

import io.farandole.benchmarks.pubsub.Sides.Rounds;
import io.farandole.benchmarks.report.Figure;
import io.farandole.benchmarks.report.Findings;
import io.farandole.benchmarks.report.Row;
import io.farandole.benchmarks.report.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The rows on latency: by a server of its own, since the files of the backlogs are still being
 * cleared away by the other; and beside it that of a server that keeps nothing.
 */
final class Latencies {

    private static final double FIFTH = 0.2;

    private final Sizes sizes;
    private final Findings findings;
    private final Path directory;

    Latencies(Sizes sizes, Findings findings, Path directory) {
        this.sizes = sizes;
        this.findings = findings;
        this.directory = directory;
    }

    void measure(Optional<Side> other) throws IOException, InterruptedException {
        findings.say("200 messages a second");
        List<Latency.Millis> bareRounds = new ArrayList<>();
        Rounds<Latency.Millis> rounds;
        try (Side fresh =
                        Side.of(
                                EmbeddedServer.start(
                                        Optional.of(directory.resolve("latency")),
                                        Optional.empty()));
                Side bare = Side.of(BareServer.start())) {
            for (int round = 0; round < sizes.warmUps(); round++) {
                latency(fresh);
                latency(bare);
            }
            rounds =
                    new Sides(fresh, other)
                            .rounds(
                                    sizes.rounds(),
                                    side -> {
                                        if (side.equals(fresh)) {
                                            bareRounds.add(latency(bare));
                                        }
                                        return latency(side);
                                    });
        }
        Rounds<Latency.Millis> floor = new Rounds<>(bareRounds, List.of());
        percentile("p50", Latency.Millis::p50, 2, rounds, floor);
        percentile("p99", Latency.Millis::p99, 10, rounds, floor);
        int missing = rounds.ours().stream().mapToInt(Latency.Millis::missing).sum();
        if (missing > 0) {
            findings.flaw(missing + " messages at 200 a second did not come");
        }
    }

    private void percentile(
            String name,
            ToDoubleFunction<Latency.Millis> figure,
            double target,
            Rounds<Latency.Millis> rounds,
            Rounds<Latency.Millis> floor) {
        findings.row(
                Row.of(
                        "latency at 200/s, " + name,
                        "ms",
                        rounds.ours(figure),
                        rounds.other(figure),
                        Target.atMost(target).andOfOther(FIFTH)));
        findings.limit(
                Row.of(
                        "latency at 200/s of a gRPC server that keeps nothing, " + name,
                        "ms",
                        floor.ours(figure)));
    }

    private Latency.Millis latency(Side side) throws IOException, InterruptedException {
        Latency.Millis millis =
                new Latency(side.client()).measure(sizes.latencies() / 5, sizes.latencies());
        findings.say(
                String.format(
                        Locale.ROOT,
                        "  %s: p50 %s ms, p99 %s ms",
                        side.server().name(),
                        Figure.text(millis.p50()),
                        Figure.text(millis.p99())));
        return millis;
    }
}
