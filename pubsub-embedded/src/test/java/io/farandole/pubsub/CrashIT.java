package io.farandole.pubsub;

import io.farandole.pubsub.journal.CrashSeeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Many more crashes than {@link CrashTest} has time for. */
@EnabledIfSystemProperty(named = "farandole.chaos", matches = "true")
class CrashIT {

    private static final int ROUNDS = 3_000;

    @Test
    void losesNoAcknowledgedPublishWhereverTheDiskCrashes() {
        for (int round = 0; round < ROUNDS; round++) {
            var _ = CrashTest.round(CrashSeeds.next(), false);
        }
    }
}
