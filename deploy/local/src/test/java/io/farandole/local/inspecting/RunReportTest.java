package io.farandole.local.inspecting;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.RunId;
import io.farandole.events.TrainingEvent.DatasetReady;
import io.farandole.events.TrainingEvent.Evaluated;
import io.farandole.events.TrainingEvent.ModelTrained;
import io.farandole.local.console.Console;
import io.farandole.orchestrator.runs.Awaited;
import io.farandole.orchestrator.runs.Happening;
import io.farandole.orchestrator.runs.RunDetails;
import io.farandole.orchestrator.runs.RunDetails.Candidate;
import io.farandole.orchestrator.runs.RunState;
import io.farandole.orchestrator.runs.RunSummary;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunReportTest {

    private static final RunId RUN = new RunId("run-1");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String EASE = "ease:lambda=200";
    private static final String POPULARITY = "popularity:half-life=730d";

    private final StringWriter out = new StringWriter();
    private final Console console = new Console(new PrintWriter(out), new PrintWriter(out), false);

    @Test
    void showsParametersMetricsArtefactsAndTheTimeline() {
        RunSummary summary =
                new RunSummary(
                        RUN,
                        RunState.REJECTED,
                        EASE,
                        "new-interactions",
                        "12,345 new interactions",
                        NOON,
                        NOON.plusSeconds(75),
                        75,
                        List.of(),
                        List.of("it is no better than popularity"));

        new RunReport(
                        new RunDetails(
                                summary,
                                null,
                                new DatasetReady(
                                        RUN,
                                        "datasets/d1",
                                        "d1",
                                        610,
                                        9_724,
                                        100_836,
                                        609,
                                        List.of(EASE, POPULARITY)),
                                List.of(
                                        new Candidate(1, EASE, trained(), evaluated()),
                                        new Candidate(2, POPULARITY, null, null)),
                                null,
                                List.of(
                                        new Happening(
                                                NOON,
                                                "requested",
                                                "orchestrator",
                                                null,
                                                "by operator",
                                                "a",
                                                null,
                                                null),
                                        new Happening(
                                                NOON.plusSeconds(61),
                                                "datasetReady",
                                                "dataset",
                                                61.0,
                                                "610 users",
                                                "b",
                                                "a",
                                                "requested"))))
                .say(console);

        assertThat(out.toString().lines().map(String::strip))
                .contains(
                        "run-1 REJECTED, began 2026-03-01 12:00:00Z, took 1 min 15 s",
                        "Asked by   new-interactions: 12,345 new interactions",
                        "Reason     it is no better than popularity",
                        "Data set   datasets/d1: 610 users, 9,724 items, 100,836 interactions, 609"
                                + " test users",
                        "2026-03-01 12:01:01Z  1 min 1 s requested  dataset       datasetReady"
                                + "  610 users")
                .anyMatch(
                        line ->
                                line.startsWith("1  ease:lambda=200")
                                        && line.contains("3.2 s")
                                        && line.contains("0.1300")
                                        && line.contains("0.0350 to 0.0510"))
                .anyMatch(
                        line ->
                                line.contains("models/m1  ")
                                        && line.contains("models/m1/metrics.json"))
                .anyMatch(line -> line.startsWith("2  popularity:half-life=730d  –"));
    }

    @Test
    void tellsWhichStepIsSilentAndSinceWhen() {
        RunSummary stalled =
                new RunSummary(
                        RUN,
                        RunState.STALLED,
                        null,
                        null,
                        null,
                        NOON,
                        NOON,
                        600,
                        List.of(
                                new Awaited("evaluation", NOON, 300, true),
                                new Awaited("training", NOON, 900, false)),
                        List.of());

        assertThat(RunLedger.awaits(stalled, NOON.plusSeconds(600)))
                .isEqualTo(
                        "evaluation since 2026-03-01 12:00:00Z: silent for 10 min 0 s, 5 min 0 s"
                                + " were expected to do");
    }

    private static ModelTrained trained() {
        return new ModelTrained(RUN, "datasets/d1", "models/m1", EASE, 1, 2, 3.2);
    }

    private static Evaluated evaluated() {
        return new Evaluated(
                RUN,
                "datasets/d1",
                "models/m1",
                EASE,
                1,
                2,
                "models/m1/metrics.json",
                609,
                0.13,
                0.2,
                0.087,
                0.035,
                0.051,
                null,
                null,
                null,
                null);
    }
}
