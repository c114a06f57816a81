package io.farandole.benchmarks.api;

import io.farandole.benchmarks.api.filling.Filling;
import io.farandole.benchmarks.api.serving.Installation;
import io.farandole.benchmarks.api.serving.Platform;
import io.farandole.benchmarks.report.Findings;
import io.farandole.local.culture.Culture;
import io.farandole.local.culture.Scale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;

/** An installation with a culture in its read models. */
record Filled(Installation installation, Culture culture) implements AutoCloseable {

    private static final long SEED = 7;
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    static Filled with(Scale scale, Path directory, Findings findings)
            throws IOException, SQLException {
        Files.createDirectories(directory);
        findings.say(
                String.format(
                        Locale.ROOT,
                        "Making a culture of %,d offers and %,d users, and filling the read models",
                        scale.offers(),
                        scale.users()));
        Installation installation = new Installation(directory, Zoning.write(directory));
        try {
            // Its processors make their tables.
            try (Platform _ = installation.platform()) {
                findings.say("  the tables are there");
            }
            Culture culture = Culture.of(SEED, scale, LocalDate.now(PARIS));
            new Filling(installation.postgres().ownerDataSource(), findings::say)
                    .fill(culture, Clock.systemUTC());
            return new Filled(installation, culture);
        } catch (IOException | SQLException | RuntimeException e) {
            installation.close();
            throw e;
        }
    }

    @Override
    public void close() {
        installation.close();
    }
}
