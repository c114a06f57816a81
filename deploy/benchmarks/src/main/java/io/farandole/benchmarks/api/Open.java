package io.farandole.benchmarks.api;

import io.farandole.benchmarks.api.load.Kind;
import io.farandole.benchmarks.api.load.Load;
import io.farandole.benchmarks.api.serving.Gateway;
import io.farandole.benchmarks.report.Findings;
import io.farandole.benchmarks.report.Row;
import io.farandole.benchmarks.report.Target;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** What many open streams take of the heap, over sockets, each with its list sent. */
final class Open {

    private final Gateway gateway;
    private final Load load;
    private final Sizes sizes;
    private final Findings findings;

    Open(Gateway gateway, Load load, Sizes sizes, Findings findings) {
        this.gateway = gateway;
        this.load = load;
        this.sizes = sizes;
        this.findings = findings;
    }

    void measure() throws IOException {
        findings.say(String.format(Locale.ROOT, "Opening %,d streams", sizes.streams()));
        load.closed(Kind.LIST, Sizes.CONNECTIONS, sizes.warmUp());
        double before = gateway.heap() / 1e6;
        int failed = load.streams(sizes.streams());
        if (failed > 0) {
            findings.flaw(failed + " streams did not begin with a list");
        }
        double open = gateway.meter("farandole.api.live.streams");
        if (open != sizes.streams()) {
            findings.flaw(open + " streams are open, by the API");
        }
        double with = gateway.heap() / 1e6;
        load.hangUp();
        findings.row(
                Row.of(
                        String.format(
                                Locale.ROOT, "heap more with %,d open streams", sizes.streams()),
                        "MB",
                        List.of(with - before),
                        List.of(),
                        Target.atMost(200)));
        findings.row(Row.of("  a stream", "kB", List.of((with - before) * 1e3 / sizes.streams())));
    }
}
