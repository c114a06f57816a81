package io.farandole.benchmarks.api;

import io.farandole.benchmarks.api.load.Kind;
import io.farandole.benchmarks.api.load.Load;
import io.farandole.benchmarks.api.load.Measured;
import io.farandole.benchmarks.api.serving.Gateway;
import io.farandole.benchmarks.report.Figure;
import io.farandole.benchmarks.report.Findings;
import io.farandole.benchmarks.report.Row;
import io.farandole.benchmarks.report.Target;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The heap in use after a collection, again and again while the API is under full load. */
final class Lasting {

    // What a heap after a collection differs by itself.
    private static final double FLAT = 1.05;

    private final Filled filled;
    private final Gateway gateway;
    private final Load load;
    private final Sizes sizes;
    private final Findings findings;

    Lasting(Filled filled, Gateway gateway, Load load, Sizes sizes, Findings findings) {
        this.filled = filled;
        this.gateway = gateway;
        this.load = load;
        this.sizes = sizes;
        this.findings = findings;
    }

    void measure() throws IOException, InterruptedException, SQLException {
        findings.say(
                "Full load for "
                        + sizes.lasting().toSeconds()
                        + " s, the heap every "
                        + sizes.look().toSeconds()
                        + " s");
        load.closed(Kind.LIST, Sizes.CONNECTIONS, sizes.warmUp());
        List<Double> heaps = new ArrayList<>();
        Told told = new Told(gateway, filled.installation().postgres().ownerDataSource());
        long looks = Math.max(2, sizes.lasting().dividedBy(sizes.look()));
        for (long look = 0; look < looks; look++) {
            Measured measured = load.closed(Kind.LIST, Sizes.CONNECTIONS, sizes.look());
            if (measured.failures() > 0) {
                findings.flaw(measured.failures() + " requests were not answered with 200");
            }
            // What is on its way to the outbox is in the heap too, now more of it, now less.
            told.rest(findings);
            heaps.add(gateway.heap() / 1e6);
            clear();
        }
        int third = (heaps.size() + 2) / 3;
        double first = Figure.median(heaps.subList(0, third));
        double last = Figure.median(heaps.subList(heaps.size() - third, heaps.size()));
        findings.row(Row.of("heap in use under full load", "MB", heaps));
        findings.row(
                Row.of(
                        "  its last third over its first, after "
                                + sizes.lasting().toSeconds()
                                + " s",
                        "×",
                        List.of(last / first),
                        List.of(),
                        Target.atMost(FLAT)));
        findings.note(
                "Heap in use after a collection, in MB: "
                        + heaps.stream()
                                .map(heap -> String.format(Locale.ROOT, "%.1f", heap))
                                .collect(Collectors.joining(" ")));
    }

    /** The outbox would hold gigabytes at the end. */
    private void clear() throws SQLException {
        try (Connection connection =
                        filled.installation().postgres().ownerDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("truncate gateway.outbox");
        }
    }
}
