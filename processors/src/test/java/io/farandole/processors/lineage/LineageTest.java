package io.farandole.processors.lineage;

import static io.farandole.events.TopicCatalogue.TRAINING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.farandole.events.RunId;
import io.farandole.events.TrainingEvent;
import io.farandole.events.TrainingEvent.DatasetReady;
import io.farandole.events.TrainingEvent.ModelTrained;
import io.farandole.events.TrainingEvent.Requested;
import io.farandole.streams.testing.ProcessorDriver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LineageTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final RunId RUN = new RunId("run-1");
    private static final String EASE = "ease:lambda=200";

    @TempDir private Path directory;

    @Test
    void tellsWhatEachStepWasMadeFromAndMade() throws IOException {
        Path file = directory.resolve("lineage.jsonl");
        ProcessorDriver driver = driver(file.toUri().toString());
        heard(driver, new Requested(RUN, "drift", List.of(), "other items"), 0);
        heard(driver, ready(), 10);
        heard(driver, trained(1), 70);
        heard(driver, trained(2), 71);
        heard(driver, new TrainingEvent.Failed(RUN, "evaluation", "the disk is full"), 80);
        driver.performWork();

        List<JsonNode> told = told(Files.readAllLines(file));
        assertThat(told)
                .extracting(
                        event ->
                                event.path("eventType").asString()
                                        + " "
                                        + event.path("job").path("name").asString()
                                        + " "
                                        + event.path("eventTime").asString())
                .containsExactly(
                        "START dataset 2026-01-01T12:00:00Z",
                        "COMPLETE dataset 2026-01-01T12:00:10Z",
                        "START training 2026-01-01T12:00:10Z",
                        "RUNNING training 2026-01-01T12:01:10Z",
                        "START evaluation 2026-01-01T12:01:10Z",
                        "COMPLETE training 2026-01-01T12:01:11Z",
                        "FAIL evaluation 2026-01-01T12:01:20Z");
        assertThat(told)
                .allSatisfy(
                        event -> {
                            assertThat(event.path("schemaURL").asString())
                                    .isEqualTo(
                                            "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent");
                            assertThat(event.path("producer").asString()).startsWith("urn:");
                            assertThat(event.at("/run/facets/parent/job/name").asString())
                                    .isEqualTo("life-of-a-model");
                        });
        assertThat(told.get(0).at("/run/runId")).isEqualTo(told.get(1).at("/run/runId"));
        assertThat(told.get(1).at("/run/runId")).isNotEqualTo(told.get(2).at("/run/runId"));
        assertThat(told.get(0).at("/run/facets/farandole_request/reason").asString())
                .isEqualTo("other items");
        JsonNode cut = told.get(1);
        assertThat(cut.at("/outputs/0/name").asString()).isEqualTo("datasets/f00d");
        assertThat(cut.at("/outputs/0/facets/version/datasetVersion").asString()).isEqualTo("f00d");
        assertThat(cut.at("/inputs/0/facets/farandole_eventRange/events").asInt()).isEqualTo(1_234);
        assertThat(cut.at("/inputs/0/facets/farandole_eventRange/from").asString())
                .isEqualTo("2025-01-01T00:00:00Z");
        assertThat(told.get(3).at("/inputs/0/name").asString()).isEqualTo("datasets/f00d");
        assertThat(told.get(3).at("/outputs/0/name").asString()).isEqualTo("models/1");
        assertThat(told.get(6).at("/run/facets/errorMessage/message").asString())
                .isEqualTo("the disk is full");
    }

    @Test
    void sendsUntilItIsTaken() throws IOException {
        List<String> taken = Collections.synchronizedList(new ArrayList<>());
        int[] status = {503};
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/lineage",
                exchange -> {
                    String body =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    if (status[0] == 200) {
                        taken.add(body);
                    }
                    exchange.sendResponseHeaders(status[0], -1);
                    exchange.close();
                });
        server.start();
        try {
            ProcessorDriver driver =
                    driver("http://127.0.0.1:" + server.getAddress().getPort() + "/lineage");
            heard(driver, new Requested(RUN, "operator", List.of()), 0);
            driver.performWork();
            assertThat(driver.queuedWork()).hasSize(1);

            status[0] = 200;
            driver.performWork();
            assertThat(driver.queuedWork()).isEmpty();
            assertThat(told(taken))
                    .singleElement()
                    .satisfies(
                            event ->
                                    assertThat(event.path("eventType").asString())
                                            .isEqualTo("START"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void tellsNobodyUnlessItIsToldWhom() {
        ProcessorDriver driver = driver("");
        heard(driver, ready(), 0);

        assertThat(driver.queuedWork()).isEmpty();
        assertThatThrownBy(() -> new LineageSettings("marquez", "farandole"))
                .hasMessage(
                        "farandole.lineage.to = marquez is neither an http:, an https: nor a file:"
                                + " address");
    }

    private static ProcessorDriver driver(String to) {
        return ProcessorDriver.of(Lineage.describe(new LineageSettings(to, "farandole")));
    }

    private static void heard(ProcessorDriver driver, TrainingEvent event, int second) {
        driver.pipe(TRAINING, event, NOON.plusSeconds(second));
    }

    private static DatasetReady ready() {
        return new DatasetReady(
                RUN,
                "datasets/f00d",
                "f00d",
                610,
                9_742,
                1_000,
                608,
                List.of(EASE, "popularity"),
                1_234,
                Instant.parse("2025-01-01T00:00:00Z"),
                NOON,
                "99");
    }

    private static ModelTrained trained(int candidate) {
        return new ModelTrained(
                RUN, "datasets/f00d", "models/" + candidate, EASE, candidate, 2, 3.5);
    }

    private static List<JsonNode> told(List<String> lines) {
        return lines.stream().map(JSON::readTree).toList();
    }
}
