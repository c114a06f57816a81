package io.farandole.benchmarks.api;

import io.farandole.benchmarks.api.serving.Gateway;
import io.farandole.benchmarks.report.Findings;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import javax.sql.DataSource;

/** What became of impressions: each is published or in the outbox, and none is lost. */
final class Told {

    private static final String METERS = "farandole.api.impressions.";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Gateway gateway;
    private final DataSource database;

    Told(Gateway gateway, DataSource database) {
        this.gateway = gateway;
        this.database = database;
    }

    /** Waits until the outbox has all of them. */
    void restIntoOutbox(Findings findings) throws IOException, InterruptedException, SQLException {
        rest(findings);
        long spilled = (long) gateway.meter(METERS + "spilled");
        long rows = rows();
        findings.note(String.format(Locale.ROOT, "%,d impressions landed in the outbox.", spilled));
        if (spilled == 0 || rows != spilled) {
            findings.flaw(spilled + " impressions went into the outbox, which has " + rows);
        }
    }

    /** Waits until the broker has all of them. */
    void restPublished(Findings findings) throws IOException, InterruptedException {
        rest(findings);
        double published = gateway.meter(METERS + "published");
        findings.note(
                String.format(
                        Locale.ROOT,
                        "%,.0f impressions were published, %,.0f of which were late and went"
                                + " through the outbox.",
                        published,
                        gateway.meter(METERS + "spilled")));
        if (published == 0) {
            findings.flaw("no impression was published");
        }
    }

    /** Waits until none is on its way any more. */
    void rest(Findings findings) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (gateway.meter(METERS + "waiting") > 0) {
            if (System.nanoTime() > end) {
                findings.flaw("impressions still wait after " + PATIENCE.toSeconds() + " s");
                break;
            }
            Thread.sleep(LOOK);
        }
        double lost = gateway.meter(METERS + "lost");
        if (lost > 0) {
            findings.flaw(String.format(Locale.ROOT, "%,.0f impressions were lost", lost));
        }
    }

    private long rows() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from gateway.outbox")) {
            row.next();
            return row.getLong(1);
        }
    }
}
