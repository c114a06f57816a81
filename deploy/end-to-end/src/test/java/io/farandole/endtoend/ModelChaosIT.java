package io.farandole.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.events.RunId;
import io.farandole.local.inspecting.AskingForTraining;
import io.farandole.local.inspecting.RunLedger;
import io.farandole.local.running.RunningInstance;
import io.farandole.orchestrator.runs.RunState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plug is pulled at each step of a model's life. */
@EnabledIfSystemProperty(named = "farandole.chaos", matches = "true")
class ModelChaosIT {

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final String RATINGS = "20000";

    private static Installation installation;

    @BeforeAll
    static void start() throws InterruptedException {
        // Each run's release is to be the one that everybody is served.
        installation = Installation.startWith("farandole.deployment.canary-share=100");
        Said said =
                installation.run(
                        "import", Installation.DATA_SET.toString(), "--first", RATINGS, "--json");
        assertThat(said.exitCode()).describedAs(said.err()).isZero();
        installation.awaitRest();
    }

    @AfterAll
    static void end() {
        if (installation != null) {
            installation.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dataset",
                "training",
                "evaluation",
                "gate",
                "deployment",
                "release loading",
                "lists staged",
                "release live"
            })
    void oneRunGivesOneWholeRelease(String step) throws InterruptedException {
        long releases = count("select count(*) from deployment.releases");
        RunId run =
                AskingForTraining.on(
                        RunningInstance.find(installation.directory().path()),
                        // Another model each time, and about as good.
                        List.of("ease:lambda=" + (200 + releases)));
        await().atMost(LONG).pollInterval(Duration.ofMillis(5)).until(() -> isAt(step, run));

        installation.kill();
        installation.startAgain();

        await().atMost(LONG)
                .until(
                        () ->
                                RunLedger.one(installation.tables(), run)
                                        .filter(
                                                report ->
                                                        report.details().summary().state()
                                                                == RunState.DONE)
                                        .isPresent());
        installation.awaitRest();
        assertThat(count("select count(*) from deployment.releases")).isEqualTo(releases + 1);
        assertThat(
                        count(
                                "select count(*) from streams.outbox where topic = 'training' and"
                                        + " convert_from(payload, 'UTF8') like '{\"released\"%"
                                        + run
                                        + "%'"))
                .isEqualTo(1);
        assertThat(count("select count(*) from deployment.releases where phase = 'LIVE'"))
                .isEqualTo(1);
        assertThat(count("select count(*) from deployment.releases where phase = 'LOADING'"))
                .isZero();
        assertThat(count("select count(*) from deployment.staged_lists")).isZero();
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

    /** As soon as it can be seen that the run has come so far. */
    private static boolean isAt(String point, RunId run) {
        return switch (point) {
            // The gate has no long work: what it judges by was just said.
            case "gate" -> work(run, "evaluation", "state = 'DONE'");
            case "release loading" -> release(run, "phase = 'LOADING'");
            case "lists staged" ->
                    release(
                            run,
                            "exists (select from deployment.staged_lists s"
                                    + " where s.release = r.release)");
            case "release live" -> release(run, "phase = 'LIVE'");
            default -> work(run, point, "(state = 'DONE' or owner is not null)");
        };
    }

    private static boolean work(RunId run, String name, String condition) {
        return count(
                        "select count(*) from streams.work where name = '"
                                + name
                                + "' and convert_from(payload, 'UTF8') like '%"
                                + run
                                + "%' and "
                                + condition)
                > 0;
    }

    private static boolean release(RunId run, String condition) {
        return count(
                        "select count(*) from deployment.releases r where run = '"
                                + run
                                + "' and "
                                + condition)
                > 0;
    }

    private static long count(String sql) {
        return installation.tables().client().sql(sql).query(Long.class).single();
    }
}
