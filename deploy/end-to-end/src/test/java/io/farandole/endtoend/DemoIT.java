package io.farandole.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.farandole.local.Farandole;
import io.farandole.local.running.DataDirectory;
import io.farandole.local.running.RunningInstance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The main job, as it is given on a command line; what it made is gone afterwards. */
@Execution(ExecutionMode.CONCURRENT)
class DemoIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    // Not below the module's target: a socket's path may not be long.
    private Path place = Path.of("");

    @BeforeEach
    void makesADirectory() throws IOException {
        place = Files.createTempDirectory("farandole-demo-");
    }

    @AfterEach
    void deletesIt() {
        new DataDirectory(place).delete();
    }

    @Test
    void showsThatEveryStepHappened() throws Exception {
        JsonNode document = shown("--exit", "--json");
        assertThat(document.path("checks").valueStream()).hasSizeGreaterThan(10);
    }

    /** Rules, caps, zones and sold-out offers, as the one who made them up knows them. */
    @Test
    void showsACultureThatIsMadeUpToo() throws Exception {
        JsonNode document =
                shown(
                        "--scenario",
                        "culture",
                        "--scale",
                        "offers=400,users=40",
                        "--exit",
                        "--json");
        assertThat(document.path("checks").valueStream().map(one -> one.path("what").asString()))
                .contains(
                        "nobody is shown what they may not have, cannot pay, have had, or twice",
                        "what is asked for in a zone is there, or can be had anywhere");
    }

    /** What it told, of which all is as it should be. */
    private JsonNode shown(String... options) throws Exception {
        Process demo = demo(options);
        try {
            assertThat(demo.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as(() -> "It ended within " + PATIENCE + "; it said last:\n" + saidLast())
                    .isTrue();
            JsonNode document = JsonMapper.shared().readTree(Files.readString(out()));
            assertThat(document.path("checks").valueStream())
                    .allSatisfy(check -> assertThat(check.path("holds").asBoolean()).isTrue());
            assertThat(document.path("happened").asBoolean()).isTrue();
            assertThat(demo.exitValue()).isZero();
            assertThat(demonstrations()).isEmpty();
            return document;
        } finally {
            demo.destroyForcibly();
        }
    }

    private String saidLast() {
        try {
            List<String> lines = Files.readAllLines(place.resolve("err"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "farandole.chaos", matches = "true")
    void leavesNothingWhenItIsInterrupted() throws Exception {
        assumeThat(interruptsArrive())
                .as("NOT RUN: whoever started this ignores Ctrl-C, and so do its children")
                .isTrue();
        Process demo = demo();
        try {
            await().atMost(PATIENCE)
                    .failFast(() -> assertThat(demo.isAlive()).isTrue())
                    .until(() -> running().isPresent());
            ProcessHandle postgres = postmaster(running().orElseThrow());
            assertThat(postgres.isAlive()).isTrue();

            new ProcessBuilder("kill", "-INT", Long.toString(demo.pid())).start().waitFor();

            assertThat(demo.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(out())).doesNotContain("kept", "Unexpected", "Not deleted");
            assertThat(demonstrations()).isEmpty();
            // It has ended, but is alive to us until whoever inherited it has taken note of that.
            await().atMost(PATIENCE).until(() -> !postgres.isAlive());
        } finally {
            demo.destroyForcibly();
        }
    }

    /** Whether SIGINT, the second signal, is not among those that a parent set to be ignored. */
    private static boolean interruptsArrive() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (Files.notExists(status)) {
            return true;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                    .allMatch(ignored -> (ignored & 0b10) == 0);
        }
    }

    private Path parent() {
        return place.resolve("data");
    }

    private Path out() {
        return place.resolve("out");
    }

    private Process demo(String... options) throws IOException {
        List<String> command = Installation.java();
        command.addAll(
                List.of(
                        "-Xmx1g",
                        Farandole.class.getName(),
                        "demo",
                        "--data",
                        parent().toString(),
                        "--data-set",
                        Excerpt.of(2_000).directory().toString(),
                        "--api-port",
                        "0",
                        "--management-port",
                        "0",
                        "--pubsub-port",
                        "0"));
        command.addAll(List.of(options));
        return new ProcessBuilder(command)
                .redirectError(place.resolve("err").toFile())
                .redirectOutput(out().toFile())
                .start();
    }

    private Optional<RunningInstance> running() throws IOException {
        return demonstrations().stream()
                .flatMap(directory -> RunningInstance.search(directory).stream())
                .filter(running -> running.instance().isReady())
                .findFirst();
    }

    private static ProcessHandle postmaster(RunningInstance running) throws IOException {
        Path file = running.directory().postgres().resolve("data").resolve("postmaster.pid");
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst())).orElseThrow();
    }

    private List<Path> demonstrations() throws IOException {
        if (Files.notExists(parent())) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(parent())) {
            return all.toList();
        }
    }
}
