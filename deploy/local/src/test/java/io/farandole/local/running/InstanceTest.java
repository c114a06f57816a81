package io.farandole.local.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.command.FarandoleCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class InstanceTest {

    private static final Ports PORTS = new Ports(1, 2, 3);

    @TempDir Path parent;
    DataDirectory directory;

    @BeforeEach
    void makesADirectory() {
        directory = new DataDirectory(parent.resolve("data"));
        directory.create();
    }

    @Test
    void isFoundByItsDirectoryWhileItsProcessLives() {
        Instance.ofThisProcess(Instance.Phase.STARTING, "starting", PORTS)
                .ready(5432)
                .save(directory);
        RunningInstance running = RunningInstance.find(directory.path());
        assertThat(running.instance().isReady()).isTrue();
        assertThat(running.ports()).isEqualTo(PORTS);
        assertThat(running.pubsubAddress()).isEqualTo("127.0.0.1:3");
    }

    @Test
    void isNotAnotherProcessWithTheSameNumber() {
        Instance self = Instance.ofThisProcess(Instance.Phase.READY, "answers", PORTS);
        new Instance(
                        self.pid(),
                        Instant.EPOCH.plusSeconds(1),
                        Instance.Phase.READY,
                        "answers",
                        PORTS,
                        5432)
                .save(directory);
        assertThat(RunningInstance.search(directory.path())).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void isNoProcessThatEndedUnnoticed() throws IOException {
        Process careless = new ProcessBuilder("sh", "-c", "true & exec sleep 60").start();
        try {
            ProcessHandle ended =
                    await().until(() -> zombieOf(careless), Optional::isPresent).get();
            Instance instance =
                    new Instance(
                            ended.pid(),
                            ended.info().startInstant().orElse(Instant.EPOCH),
                            Instance.Phase.READY,
                            "answers",
                            PORTS,
                            5432);
            assertThat(ended.isAlive()).isTrue();
            assertThat(instance.process()).isEmpty();
        } finally {
            careless.destroyForcibly();
        }
    }

    private static Optional<ProcessHandle> zombieOf(Process careless) {
        return careless.info().command().orElse("").endsWith("/sleep")
                ? careless.children().findFirst()
                : Optional.empty();
    }

    @Test
    void doesNotAnswerWhileItStarts() {
        Instance.ofThisProcess(Instance.Phase.STARTING, "starting", PORTS).save(directory);
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> RunningInstance.find(directory.path()))
                .withMessageContaining("does not answer yet: starting")
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ExitCode.FAILED));
        assertThat(RunningInstance.search(directory.path())).isPresent();
    }

    @Test
    void showsWhatCannotBeAskedOfIt() {
        Instance.ofThisProcess(Instance.Phase.READY, "answers", PORTS).ready(5432).save(directory);
        StringWriter out = new StringWriter();
        int exitCode =
                FarandoleCommand.line()
                        .setOut(new PrintWriter(out))
                        .execute("status", "--data", directory.toString());
        assertThat(exitCode).isEqualTo(1);
        assertThat(out.toString())
                .contains("answers")
                .contains("Cannot be asked: health")
                .contains("Postgres does not run in " + directory);
    }

    @Test
    void saysWhatToTypeWhenNothingRuns() {
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> RunningInstance.find(parent))
                .withMessageContaining("farandole up")
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ExitCode.NOT_RUNNING));
    }

    @Test
    void isAbsentWhenItsFileIsNone() throws IOException {
        Files.writeString(directory.instanceFile(), "{");
        assertThat(Instance.in(directory)).isEmpty();
    }

    @Test
    void holdsItsDirectoryForItselfAlone() {
        Instance.ofThisProcess(Instance.Phase.READY, "answers", PORTS).save(directory);
        try (InstanceLock _ = InstanceLock.take(directory)) {
            assertThatExceptionOfType(Failure.class)
                    .isThrownBy(() -> InstanceLock.take(directory))
                    .withMessageContaining("in use by process " + ProcessHandle.current().pid())
                    .withMessageContaining("farandole down")
                    .satisfies(failure -> assertThat(failure.code()).isEqualTo(ExitCode.IN_USE));
        }
        InstanceLock.take(directory).close();
    }

    @Test
    void keepsItsDirectoryPrivate() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())))
                .isEqualTo("rwx------");
    }

    @Test
    void deletesADirectoryWhole() throws IOException {
        Files.writeString(directory.logs().resolve("a"), "1234");
        assertThat(DataDirectory.size(directory.path())).isEqualTo(4);
        directory.delete();
        assertThat(directory.path()).doesNotExist();
        directory.delete();
    }
}
