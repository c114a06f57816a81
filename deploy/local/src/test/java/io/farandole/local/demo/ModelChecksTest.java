package io.farandole.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.RunId;
import io.farandole.orchestrator.runs.RunDetails;
import io.farandole.orchestrator.runs.RunState;
import io.farandole.orchestrator.runs.RunSummary;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelChecksTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String WORSE = "better than popularity: NO. Its NDCG@10 is 0.0100.";

    @Test
    void aShortDemoMayHaveTooFewUsersToJudgeBy() {
        assertThat(
                        ModelChecks.of(
                                rejected(
                                        "enough test users: NO. It was measured on 12 users.",
                                        WORSE),
                                true))
                .isNotEmpty()
                .allMatch(Check::holds);
    }

    @Test
    void anyOtherRejectionIsNoneThatAShortDemoExpects() {
        assertThat(
                        ModelChecks.of(
                                rejected(
                                        "enough test users: yes. It was measured on 80 users.",
                                        WORSE),
                                true))
                .anyMatch(check -> !check.holds());
        assertThat(ModelChecks.of(rejected(), true)).anyMatch(check -> !check.holds());
    }

    @Test
    void aWholeDemoHasUsersEnough() {
        assertThat(ModelChecks.of(rejected("enough test users: NO. Only 12."), false))
                .anyMatch(check -> !check.holds());
    }

    private static RunDetails rejected(String... reasons) {
        return new RunDetails(
                new RunSummary(
                        new RunId("run-1"),
                        RunState.REJECTED,
                        "ease",
                        "operator",
                        null,
                        NOON,
                        NOON,
                        1,
                        List.of(),
                        List.of(reasons)),
                null,
                null,
                List.of(),
                null,
                List.of());
    }
}
