package io.farandole.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.benchmarks.report.Benchmark;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Each benchmark works, told by running it for a moment; here, so that it is told beside stories.
 * Freshness has a story of its own: what it needs is a platform with a released model.
 */
@Execution(ExecutionMode.CONCURRENT)
class MomentIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void pubsub() throws Exception {
        JsonNode report = run(new Pubsub(), "--moment", "--json", "--alone");
        assertThat(report.path("rows").valueStream().map(row -> row.path("what").asString()))
                .hasSize(10)
                .contains("publish, batched, journal on", "latency at 200/s, p99");
        assertThat(report.path("rows").valueStream())
                .allSatisfy(row -> assertThat(row.path("value").asDouble()).isPositive());
        assertThat(report.path("limits").valueStream())
                .hasSize(6)
                .allSatisfy(row -> assertThat(row.path("value").asDouble()).isPositive());
    }

    @Test
    @EnabledIfSystemProperty(named = "farandole.chaos", matches = "true")
    void pubsubBesideTheEmulator() throws Exception {
        JsonNode report = run(new Pubsub(), "--moment", "--json");
        assertThat(report.path("beside").asString() + report.path("notes"))
                .containsPattern("emulator [0-9.]+|NOT FOUND");
    }

    /** Kafka's side is in a profile that tests do not pull in; ours is a dozen processes. */
    @Test
    @EnabledIfSystemProperty(named = "farandole.chaos", matches = "true")
    void streams() throws Exception {
        JsonNode report = run(new Streams(), "--moment", "--json", "--alone");
        assertThat(report.path("rows").valueStream().map(row -> row.path("what").asString()))
                .hasSize(28)
                .contains(
                        "drained, defaults, no output",
                        "rebuilt beside 1,000/s, defaults",
                        "publish to visible at 1,000/s, best setting, p99",
                        "kill -9 to first applied event, defaults");
        assertThat(report.path("rows").valueStream())
                .allSatisfy(row -> assertThat(row.path("value").asDouble()).isPositive());
    }

    /** What one start of broker, processors and API is enough for. */
    @Test
    @EnabledIfSystemProperty(named = "farandole.chaos", matches = "true")
    void api() throws Exception {
        assertThat(rowsOfApi("--only", "consumers,latency,changes,streams,freshness"))
                .contains(
                        "personal lists at 64 connections, impressions published and heard",
                        "p99 at 100 requests/s",
                        "p99 at 100 requests/s while 20 events/s change lists",
                        "heap more with 20 open streams",
                        "  in the next GET, p99",
                        "  on the stream, p99");
    }

    @Test
    @EnabledIfSystemProperty(named = "farandole.chaos", matches = "true")
    void allOfApi() throws Exception {
        assertThat(rowsOfApi())
                .contains(
                        "personal lists at 64 connections, impressions into the outbox",
                        "heap in use under full load",
                        "lists from among 100 offers");
    }

    private static List<String> rowsOfApi(String... arguments) throws Exception {
        JsonNode report =
                run(
                        new Api(),
                        Stream.concat(Stream.of("--moment", "--json"), Stream.of(arguments))
                                .toArray(String[]::new));
        // Of so little the heap may show nothing.
        assertThat(report.path("rows").valueStream())
                .filteredOn(row -> row.path("unit").asString().matches("/s|ms"))
                .allSatisfy(row -> assertThat(row.path("value").asDouble()).isPositive());
        return report.path("rows").valueStream().map(row -> row.path("what").asString()).toList();
    }

    @Test
    void scoring() throws Exception {
        JsonNode report = run(new Scoring(), "--moment", "--json");
        assertThat(report.path("rows").valueStream())
                .hasSize(4)
                .allSatisfy(row -> assertThat(row.path("value").asDouble()).isPositive());
    }

    /** Spark's side is in a profile that tests do not pull in. */
    @Test
    void training() throws Exception {
        JsonNode report = run(new Training(), "--moment", "--json", "--alone");
        assertThat(report.path("rows").valueStream().map(row -> row.path("what").asString()))
                .contains("ALS, warm", "  NDCG@20")
                .anyMatch(what -> what.startsWith("EASE of 200 items"))
                .anyMatch(what -> what.startsWith("item-knn, 16 x"));
        assertThat(report.path("rows").valueStream())
                .allSatisfy(row -> assertThat(row.path("value").asDouble()).isPositive());
    }

    /** Its one document on standard output, which is also what it writes. */
    private static JsonNode run(Benchmark benchmark, String... arguments) throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line =
                benchmark.line().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        assertThat(line.execute(arguments)).as(err.toString()).isZero();
        JsonNode report = JSON.readTree(out.toString());
        Path file =
                Path.of(System.getProperty("farandole.home", "."), "target", "bench")
                        .resolve(report.path("benchmark").asString() + "-moment.json");
        assertThat(JSON.readTree(Files.readString(file))).isEqualTo(report);
        assertThat(report.path("flaws")).isEmpty();
        return report;
    }
}
