package io.farandole.benchmarks.api;

import io.farandole.benchmarks.api.load.Kind;
import io.farandole.benchmarks.api.load.Load;
import io.farandole.benchmarks.api.load.Measured;
import io.farandole.benchmarks.api.serving.Platform;
import io.farandole.benchmarks.report.Findings;
import io.farandole.benchmarks.report.Row;
import io.farandole.benchmarks.report.Target;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How fast answers are at a steady rate while events change lists all the time. */
final class Changing {

    private static final Duration TO_REST = Duration.ofMinutes(2);

    private static final String CHANGED =
            """
            select count(*) from personalisation.served s
            where s.list -> 'causedBy' ->> 'id' like ?
            """;

    private final Filled filled;
    private final Platform platform;
    private final Load load;
    private final Sizes sizes;
    private final Findings findings;

    Changing(Filled filled, Platform platform, Load load, Sizes sizes, Findings findings) {
        this.filled = filled;
        this.platform = platform;
        this.load = load;
        this.sizes = sizes;
        this.findings = findings;
    }

    void measure() throws IOException, InterruptedException, SQLException {
        String rate =
                String.format(
                        Locale.ROOT,
                        "%d requests/s while %d events/s change lists",
                        sizes.perSecond(),
                        sizes.events());
        findings.say("Lists at " + rate);
        Measured measured;
        long sent;
        long behind;
        long begin = System.nanoTime();
        try (SteadyEvents events =
                new SteadyEvents(
                        platform.broker(),
                        new SteadyEvents.Users(1, filled.culture().userCount()),
                        filled.culture().offerCount(),
                        sizes.events())) {
            load.open(Kind.LIST, Sizes.CONNECTIONS, sizes.warmUp(), sizes.perSecond());
            measured = load.open(Kind.LIST, Sizes.CONNECTIONS, sizes.open(), sizes.perSecond());
            behind = platform.backlog();
            sent = events.stop();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        Punctual.require(measured, findings);
        findings.row(
                Row.of(
                        "p99 at " + rate,
                        "ms",
                        List.of(measured.p99()),
                        List.of(),
                        Target.atMost(40)));
        findings.row(Row.of("  p50", "ms", List.of(measured.p50())));
        findings.row(Row.of("  the slowest", "ms", List.of(measured.max())));
        if (!platform.awaitRest(TO_REST)) {
            findings.flaw("events were not heard within " + TO_REST.toSeconds() + " s");
        }
        long changed = changed();
        findings.note(
                String.format(
                        Locale.ROOT,
                        "%,d events in %.0f s changed the lists of %,d users; at the end of the"
                                + " measurement %,d messages were not acknowledged yet, over all"
                                + " subscriptions.",
                        sent,
                        seconds,
                        changed,
                        behind));
        if (changed == 0) {
            findings.flaw("no event changed a list");
        }
    }

    private long changed() throws SQLException {
        try (Connection connection =
                        filled.installation().postgres().ownerDataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(CHANGED)) {
            statement.setString(1, SteadyEvents.IDS + "%");
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
