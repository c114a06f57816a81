package io.farandole.benchmarks.api;

import io.farandole.benchmarks.api.load.Kind;
import io.farandole.benchmarks.api.load.Load;
import io.farandole.benchmarks.api.load.Measured;
import io.farandole.benchmarks.api.serving.Gateway;
import io.farandole.benchmarks.api.serving.Platform;
import io.farandole.benchmarks.report.Findings;
import io.farandole.benchmarks.report.Row;
import io.farandole.benchmarks.report.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** How fast answers are at a steady rate, from when each was due. */
final class Punctual {

    private static final Duration TO_REST = Duration.ofMinutes(3);

    private final Gateway gateway;
    private final Platform platform;
    private final Load load;
    private final Sizes sizes;
    private final Findings findings;

    Punctual(Gateway gateway, Platform platform, Load load, Sizes sizes, Findings findings) {
        this.gateway = gateway;
        this.platform = platform;
        this.load = load;
        this.sizes = sizes;
        this.findings = findings;
    }

    void measure() throws IOException, InterruptedException {
        String rate = sizes.perSecond() + " requests/s";
        findings.say("Lists at " + rate);
        load.closed(Kind.LIST, Sizes.CONNECTIONS, sizes.warmUp());
        // Of more lists than are to be asked for here the impressions are still to be heard.
        if (!platform.awaitRest(TO_REST)) {
            findings.flaw("impressions were not heard within " + TO_REST.toSeconds() + " s");
        }
        load.open(Kind.LIST, Sizes.CONNECTIONS, sizes.warmUp(), sizes.perSecond());
        Measured measured =
                load.open(Kind.LIST, Sizes.CONNECTIONS, sizes.open(), sizes.perSecond());
        require(measured, findings);
        findings.row(
                Row.of(
                        "p50 at " + rate,
                        "ms",
                        List.of(measured.p50()),
                        List.of(),
                        Target.atMost(5)));
        findings.row(
                Row.of(
                        "p99 at " + rate,
                        "ms",
                        List.of(measured.p99()),
                        List.of(),
                        Target.atMost(20)));
        findings.row(Row.of("  the slowest", "ms", List.of(measured.max())));
        Measured bare = load.open(Kind.BARE, Sizes.CONNECTIONS, sizes.warmUp(), sizes.perSecond());
        findings.limit(Row.of("p50 of the bare endpoint at " + rate, "ms", List.of(bare.p50())));
        findings.limit(Row.of("p99 of the bare endpoint at " + rate, "ms", List.of(bare.p99())));
        findings.limit(Row.of("heap of the API in use then", "MB", List.of(gateway.heap() / 1e6)));
    }

    static void require(Measured measured, Findings findings) {
        if (measured.failures() > 0) {
            findings.flaw(measured.failures() + " requests were not answered with 200");
        }
    }
}
