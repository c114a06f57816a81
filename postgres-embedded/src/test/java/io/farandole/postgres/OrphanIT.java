package io.farandole.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that runs Postgres and is killed: what it leaves behind is ended, never doubled. */
class OrphanIT {

    @TempDir Path directory;

    private Process other;
    private int port;

    @BeforeEach
    void runItInAnotherProcess() throws IOException {
        other =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Runner.class.getName(),
                                directory.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        BufferedReader said = other.inputReader(StandardCharsets.UTF_8);
        port =
                said.lines()
                        .filter(line -> line.startsWith("port "))
                        .findFirst()
                        .map(line -> Integer.valueOf(line.substring(5)))
                        .orElseThrow();
    }

    @AfterEach
    void endTheOtherProcess() throws InterruptedException {
        other.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        new Postmaster(Layout.of(directory), PostgresProgram.ofThisProcess()).kill();
    }

    @Test
    void anOrphanIsEndedAndTheDataKept() throws SQLException, InterruptedException {
        other.destroyForcibly().waitFor();
        ProcessHandle orphan = Postmaster.runningOn(directory.resolve("data")).orElseThrow();

        try (var postgres = DurablePostgres.in(directory).start()) {
            assertThat(DurablePostgresIT.ask(postgres.ownerDataSource(), "select what from kept"))
                    .isEqualTo("written by the other process");
            assertThat(postgres.port()).isEqualTo(port);
            assertThat(Postmaster.hasEnded(orphan)).isTrue();
            assertThat(servers()).hasSize(1);
        }
    }

    @Test
    void aServerKilledWithItsOwnerStartsAgain() throws SQLException, InterruptedException {
        ProcessHandle server = Postmaster.runningOn(directory.resolve("data")).orElseThrow();
        other.destroyForcibly().waitFor();
        server.destroyForcibly();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !server.isAlive());

        try (var postgres = DurablePostgres.in(directory).start()) {
            assertThat(DurablePostgresIT.ask(postgres.ownerDataSource(), "select what from kept"))
                    .isEqualTo("written by the other process");
        }
    }

    @Test
    void theDirectoryOfALivingProcessIsRefused() {
        assertThatThrownBy(() -> DurablePostgres.in(directory).start())
                .isInstanceOf(PostgresFault.class)
                .hasMessageContaining("in use by process " + other.pid())
                .hasMessageContaining("./farandole down");
        assertThat(PostgresEndpoint.of(directory)).isPresent();
    }

    private List<ProcessHandle> servers() {
        Path data = directory.resolve("data");
        return ProcessHandle.allProcesses()
                .filter(process -> Postmaster.isPostgresOf(data, process))
                .filter(
                        process ->
                                process.parent()
                                        .filter(parent -> Postmaster.isPostgresOf(data, parent))
                                        .isEmpty())
                .toList();
    }

    /** The other process. */
    static final class Runner {

        private Runner() {}

        public static void main(String[] arguments) throws Exception {
            DurablePostgres postgres = DurablePostgres.in(Path.of(arguments[0])).start();
            DurablePostgresIT.run(
                    postgres.ownerDataSource(),
                    "create table kept as select 'written by the other process'::text as what");
            System.out.println("port " + postgres.port());
            System.out.flush();
            Thread.currentThread().join();
        }
    }
}
