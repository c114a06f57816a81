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
import org.jspecify.annotations.Nullable;

/** An installation with a culture in its read models; its broker and processors come and go. */
final class Filled implements AutoCloseable {

    private static final long SEED = 7;
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private final Installation installation;
    private final Culture culture;
    private @Nullable Platform platform;

    private Filled(Installation installation, Culture culture, Platform platform) {
        this.installation = installation;
        this.culture = culture;
        this.platform = platform;
    }

    static Filled with(Scale scale, Path directory, boolean brief, Findings findings)
            throws IOException, SQLException {
        Files.createDirectories(directory);
        findings.say(
                String.format(
                        Locale.ROOT,
                        "Making a culture of %,d offers and %,d users, and filling the read models",
                        scale.offers(),
                        scale.users()));
        Installation installation = new Installation(directory, Zoning.write(directory), brief);
        try {
            // Its processors make their tables.
            Platform platform = installation.platform();
            findings.say("  the tables are there");
            Culture culture = Culture.of(SEED, scale, LocalDate.now(PARIS));
            new Filling(installation.postgres().ownerDataSource(), findings::say)
                    .fill(culture, Clock.systemUTC());
            return new Filled(installation, culture, platform);
        } catch (IOException | SQLException | RuntimeException e) {
            installation.close();
            throw e;
        }
    }

    Installation installation() {
        return installation;
    }

    Culture culture() {
        return culture;
    }

    /** Broker and processors, started if they are not there. */
    Platform platform() throws IOException {
        Platform running = platform;
        if (running == null) {
            running = installation.platform();
            platform = running;
        }
        return running;
    }

    void stopPlatform() {
        if (platform != null) {
            platform.close();
            platform = null;
        }
    }

    @Override
    public void close() {
        stopPlatform();
        installation.close();
    }
}
