package io.farandole.local.inspecting;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.RunId;
import io.farandole.events.TrainingEvent.Evaluated;
import io.farandole.local.console.Console;
import io.farandole.orchestrator.runs.RunDetails;
import io.farandole.orchestrator.runs.RunDetails.Candidate;
import io.farandole.orchestrator.runs.RunState;
import io.farandole.orchestrator.runs.RunSummary;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunMeasurementsTest {

    private static final RunId RUN = new RunId("run-1");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir private Path objects;

    private final StringWriter out = new StringWriter();
    private final Console console = new Console(new PrintWriter(out), new PrintWriter(out), false);

    @Test
    void showsAllThatWasMeasured() throws Exception {
        Files.createDirectories(objects.resolve("metrics/one"));
        Files.writeString(
                objects.resolve("metrics/one/metrics.json"),
                """
                {"dataset":"datasets/d",
                 "model":{"spec":"ease","metrics":[
                   {"metric":"ndcg","k":10,"interval":{"mean":0.13,"low":0.12,"high":0.14}},
                   {"metric":"recall","k":20,"interval":{"mean":0.25,"low":0.2,"high":0.3}}],
                  "coverage":[{"k":10,"part":0.04}]},
                 "popularity":{"spec":"popularity","metrics":[
                   {"metric":"recall","k":20,"interval":{"mean":0.11,"low":0.1,"high":0.2}}],
                  "coverage":[{"k":10,"part":0.01}]},
                 "incumbent":null}
                """);

        RunMeasurements.of(details(), objects).say(console);

        assertThat(out.toString().lines().map(line -> line.strip().replaceAll(" +", " ")))
                .contains(
                        "candidate measured model popularity incumbent",
                        "1 ndcg@10 0.1300 – –",
                        "1 recall@20 0.2500 0.1100 –",
                        "1 coverage@10 0.0400 0.0100 –");
        JsonNode document =
                JsonMapper.shared()
                        .valueToTree(
                                new RunDocument(
                                        details(),
                                        RunMeasurements.of(details(), objects).candidates()));
        assertThat(document.path("state").asString()).isEqualTo("REJECTED");
        assertThat(
                        document.path("measurements")
                                .path(0)
                                .path("measured")
                                .path("model")
                                .path("metrics")
                                .path(1)
                                .path("metric")
                                .asString())
                .isEqualTo("recall");
    }

    @Test
    void saysWhereWhatWasMeasuredIsNotThere() {
        RunMeasurements.of(details(), objects).say(console);

        assertThat(out.toString())
                .contains(
                        "What else was measured of candidate 1 cannot be read from metrics/one:"
                                + " there is no object metrics/one");
    }

    private static RunDetails details() {
        return new RunDetails(
                new RunSummary(
                        RUN,
                        RunState.REJECTED,
                        "ease",
                        "operator",
                        null,
                        NOON,
                        NOON,
                        1,
                        List.of(),
                        List.of()),
                null,
                null,
                List.of(
                        new Candidate(
                                1,
                                "ease",
                                null,
                                new Evaluated(
                                        RUN,
                                        "datasets/d",
                                        "models/m",
                                        "ease",
                                        1,
                                        1,
                                        "metrics/one",
                                        609,
                                        0.13,
                                        0.2,
                                        0.087,
                                        0.035,
                                        0.051,
                                        null,
                                        null,
                                        null,
                                        null))),
                null,
                List.of());
    }
}
