package io.farandole.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.events.RunId;
import io.farandole.local.inspecting.AskingForSwitch;
import io.farandole.local.inspecting.AskingForSwitch.Wish;
import io.farandole.local.inspecting.AskingForTraining;
import io.farandole.local.inspecting.RunLedger;
import io.farandole.local.running.RunningInstance;
import io.farandole.orchestrator.models.ReadingModels;
import io.farandole.orchestrator.models.ReleasedModel;
import io.farandole.orchestrator.models.SwitchedRelease;
import io.farandole.orchestrator.runs.RunState;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plug is pulled while a release is promoted, or rolled back. */
@EnabledIfSystemProperty(named = "farandole.chaos", matches = "true")
class SwitchChaosIT {

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final String RATINGS = "20000";

    private static Installation installation;
    private static int lambda = 200;

    /** What is done to whom. */
    enum Switch {
        CANARY_PROMOTED(Wish.PROMOTION, "CANARY", "PROMOTED", "promoted"),
        CANARY_ROLLED_BACK(Wish.ROLLBACK, "CANARY", "ROLLED_BACK", "rolledBack"),
        RETIRED_PROMOTED(Wish.PROMOTION, "RETIRED", "PROMOTED", "promoted");

        private final Wish wish;
        private final String whom;
        private final String outcome;
        private final String event;

        Switch(Wish wish, String whom, String outcome, String event) {
            this.wish = wish;
            this.whom = whom;
            this.outcome = outcome;
            this.event = event;
        }
    }

    /** When. */
    enum Point {
        ASKED,
        LOADING,
        SWITCHED
    }

    @BeforeAll
    static void start() throws InterruptedException {
        installation = Installation.startWith("farandole.deployment.canary-share=50");
        Said said =
                installation.run(
                        "import", Installation.DATA_SET.toString(), "--first", RATINGS, "--json");
        assertThat(said.exitCode()).describedAs(said.err()).isZero();
        installation.awaitRest();
        // The first is everybody's at once.
        release();
    }

    @AfterAll
    static void end() {
        if (installation != null) {
            installation.close();
        }
    }

    // In this order: the third promotes again what the first has retired.
    @ParameterizedTest
    @CsvSource({
        "CANARY_PROMOTED, ASKED",
        "CANARY_PROMOTED, SWITCHED",
        "CANARY_ROLLED_BACK, ASKED",
        "CANARY_ROLLED_BACK, SWITCHED",
        "RETIRED_PROMOTED, LOADING",
        "RETIRED_PROMOTED, SWITCHED"
    })
    void itHappensOnce(Switch wanted, Point point) throws InterruptedException {
        if (wanted.whom.equals("CANARY")) {
            release();
        }
        ReleasedModel whom =
                models().stream()
                        .filter(release -> release.state().equals(wanted.whom))
                        .findFirst()
                        .orElseThrow();
        String served = live();
        long before = said(wanted.event, whom);
        RunningInstance running = RunningInstance.find(installation.directory().path());
        UUID command =
                new AskingForSwitch(running, installation.tables())
                        .ask(wanted.wish, whom, "operator", "the plug is pulled");
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> isAt(point, command, whom));

        installation.kill();
        installation.startAgain();

        SwitchedRelease outcome =
                new AskingForSwitch(
                                RunningInstance.find(installation.directory().path()),
                                installation.tables())
                        .await(command, LONG)
                        .orElseThrow();
        assertThat(outcome.outcome()).as(outcome.toString()).isEqualTo(wanted.outcome);
        // What had been begun is only done again when nobody is taken to be at it any more.
        await().atMost(LONG).until(() -> said(wanted.event, whom) > before);
        installation.awaitRest();
        assertThat(said(wanted.event, whom)).isEqualTo(before + 1);
        assertThat(live()).isEqualTo(wanted.wish == Wish.PROMOTION ? whom.release() : served);
        assertThat(count("select count(*) from deployment.releases where phase = 'LOADING'"))
                .isZero();
        assertThat(count("select count(*) from deployment.serving_set where canary is not null"))
                .isZero();
        assertThat(
                        count(
                                """
                                select count(*) from personalisation.histories h
                                where not exists (
                                  select from personalisation.served s
                                  join deployment.releases r
                                    on r.release = s.release and r.phase = 'LIVE'
                                  where s.key = h.key)
                                """))
                .isZero();
        assertThat(installation.run("verify", "--json").exitCode()).isZero();
    }

    /** Another model each time, and about as good. */
    private static void release() throws InterruptedException {
        RunId run =
                AskingForTraining.on(
                        RunningInstance.find(installation.directory().path()),
                        List.of("ease:lambda=" + lambda++));
        await().atMost(LONG)
                .until(
                        () ->
                                RunLedger.in(installation.tables())
                                        .one(run)
                                        .filter(
                                                details ->
                                                        details.summary().state() == RunState.DONE)
                                        .isPresent());
        installation.awaitRest();
    }

    private static boolean isAt(Point point, UUID command, ReleasedModel whom) {
        return switch (point) {
            case ASKED -> true;
            case LOADING ->
                    count(
                                    "select count(*) from deployment.releases where phase = 'LOADING'"
                                            + " and release = '"
                                            + whom.release()
                                            + "'")
                            > 0;
            case SWITCHED ->
                    count(
                                    "select count(*) from deployment.switches where command = '"
                                            + command
                                            + "'")
                            > 0;
        };
    }

    private static List<ReleasedModel> models() {
        return new ReadingModels(installation.tables().client()).releases();
    }

    private static String live() {
        return models().stream()
                .filter(release -> release.state().equals("LIVE"))
                .map(ReleasedModel::release)
                .reduce(
                        (one, other) -> {
                            throw new AssertionError(one + " and " + other + " are live");
                        })
                .orElseThrow();
    }

    private static long said(String event, ReleasedModel whom) {
        return count(
                "select count(*) from streams.outbox where topic = 'training' and"
                        + " convert_from(payload, 'UTF8') like '{\""
                        + event
                        + "\"%\""
                        + whom.release()
                        + "\"%'");
    }

    private static long count(String sql) {
        return installation.tables().client().sql(sql).query(Long.class).single();
    }
}
