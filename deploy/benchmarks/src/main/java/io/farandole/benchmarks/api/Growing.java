package io.farandole.benchmarks.api;

import io.farandole.benchmarks.api.load.Kind;
import io.farandole.benchmarks.api.load.Load;
import io.farandole.benchmarks.api.load.Measured;
import io.farandole.benchmarks.api.serving.Gateway;
import io.farandole.benchmarks.api.serving.Platform;
import io.farandole.benchmarks.report.Findings;
import io.farandole.benchmarks.report.Row;
import io.farandole.local.culture.Scale;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How lists grow dear with the number of offers. */
final class Growing {

    private static final int ROUNDS = 3;

    private final Filled filled;
    private final Sizes sizes;
    private final Findings findings;

    Growing(Filled filled, Sizes sizes, Findings findings) {
        this.filled = filled;
        this.sizes = sizes;
        this.findings = findings;
    }

    void measure(Scale scale) throws IOException, InterruptedException {
        try (Platform broker = filled.installation().withoutImpressions();
                Gateway gateway = filled.installation().gateway(broker);
                Load load = Load.start(gateway.port(), scale.users())) {
            Checking.lists(gateway.port(), filled.culture(), findings);
            load.closed(Kind.LIST, Sizes.CONNECTIONS, sizes.warmUp());
            load.closed(Kind.BARE, Sizes.CONNECTIONS, sizes.warmUp().dividedBy(2));
            load.closed(Kind.LIST, Sizes.CONNECTIONS, sizes.warmUp());
            List<Double> lists = new ArrayList<>();
            List<Double> bare = new ArrayList<>();
            for (int round = 0; round < Math.min(ROUNDS, sizes.rounds()); round++) {
                bare.add(load.closed(Kind.BARE, Sizes.CONNECTIONS, sizes.round()).perSecond());
                Measured measured = load.closed(Kind.LIST, Sizes.CONNECTIONS, sizes.round());
                Punctual.require(measured, findings);
                lists.add(measured.perSecond());
            }
            Measured steady =
                    load.open(Kind.LIST, Sizes.CONNECTIONS, sizes.warmUp(), sizes.perSecond());
            String offers = String.format(Locale.ROOT, "%,d offers", scale.offers());
            findings.row(Row.of("lists from among " + offers, "/s", lists, bare, null));
            findings.row(
                    Row.of(
                            "  p99 at " + sizes.perSecond() + " requests/s, " + offers,
                            "ms",
                            List.of(steady.p99())));
            findings.row(Row.of("  heap, " + offers, "MB", List.of(gateway.heap() / 1e6)));
        }
    }
}
