package io.farandole.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.benchmarks.FreshnessTrials;
import io.farandole.benchmarks.Trial;
import io.farandole.endtoend.SharedInstallation.Stage;
import io.farandole.local.running.RunningInstance;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** What a user just did, told by another process, is in that user's next answer. */
@Isolated("it waits for answers, which have a deadline")
@ExtendWith(SharedInstallation.class)
class FreshnessIT {

    private static final int TRIALS = 20;

    private final Installation installation;

    FreshnessIT(Stage stage) {
        installation = stage.installation();
    }

    @BeforeEach
    void isAtRest() throws InterruptedException {
        installation.awaitRest();
    }

    @Test
    void changesTheListAndTheNextAnswer() throws Exception {
        List<Trial> trials =
                new FreshnessTrials(
                                RunningInstance.find(installation.directory().path()),
                                "taste",
                                Duration.ofMillis(200))
                        .run(0, TRIALS);
        assertThat(trials).hasSize(TRIALS).allSatisfy(trial -> assertThat(trial.flaw()).isEmpty());
        installation.awaitRest();
    }
}
