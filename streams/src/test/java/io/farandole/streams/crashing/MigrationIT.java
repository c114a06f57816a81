package io.farandole.streams.crashing;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.streams.batch.StreamsSchema;
import io.farandole.streams.crashing.CrashingDatabase.Crash;
import io.farandole.streams.installation.Installation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A first start that is cut off at any commit is made good by the next one. */
final class MigrationIT {

    private static final int MOST = Boolean.getBoolean("farandole.chaos") ? Integer.MAX_VALUE : 1;
    private static final String RECORDED =
            "select count(*) from streams.flyway_schema_history where success and version is not null";

    private final Installation installation = new Installation();

    @AfterEach
    void close() {
        installation.close();
    }

    /** At every commit under {@code --chaos}, otherwise at the first one. */
    @Test
    void goesOnWhereverItWasCutOff() {
        StreamsSchema.migrate(installation.wiring().database());
        long whole = installation.number(RECORDED);
        int passage = 1;
        while (passage <= MOST && isCutOff(passage)) {
            StreamsSchema.migrate(installation.wiring().database());
            assertThat(installation.number(RECORDED)).as("passage " + passage).isEqualTo(whole);
            passage++;
        }
        assertThat(passage)
                .as("commits at which it was cut off")
                .isGreaterThan(Math.min(MOST, (int) whole));
    }

    private boolean isCutOff(int passage) {
        installation.execute("drop schema if exists streams cascade");
        CrashingDatabase database =
                CrashingDatabase.at(
                        CrashPoint.BEFORE_COMMIT,
                        installation.wiring().database(),
                        passage,
                        1,
                        Crash::loseConnection);
        try {
            StreamsSchema.migrate(database.dataSource());
        } catch (RuntimeException e) {
            assertThat(database.crashes()).as(e.toString()).isEqualTo(1);
        }
        return database.crashes() == 1;
    }
}
