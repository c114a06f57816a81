package io.farandole.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Root without user namespaces and with a container's few privileges still gets its Postgres. */
@EnabledIf("isRootOnLinux")
class RootInAContainerIT {

    // Those that Docker leaves by default: none to look into other users' processes.
    private static final String PRIVILEGES =
            "-all,+chown,+dac_override,+fowner,+fsetid,+kill,+setgid,+setuid,+setpcap,+setfcap";

    @TempDir Path place;

    private Path directory;

    @BeforeEach
    void keepEverybodyElseOut() throws IOException {
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwx------"));
        directory = place.resolve("postgres");
    }

    @Test
    void startsAndEndsAndKeepsWhatItHad() throws IOException, InterruptedException, SQLException {
        Process inside = container(Stories.class);
        String said = new String(inside.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(inside.waitFor()).as(said).isZero();
        assertThat(owner()).isEqualTo(RootsDisguise.NOBODYS_ID);

        // Outside, where there are namespaces, the same data are root's again.
        try (var postgres = DurablePostgres.in(directory).start()) {
            assertThat(DurablePostgresIT.ask(postgres.ownerDataSource(), "select what from kept"))
                    .isEqualTo("a row");
            assertThat(owner()).isZero();
        }
        try (var postgres = DurablePostgres.in(directory, RootsDisguise.NOBODY).start()) {
            assertThat(DurablePostgresIT.ask(postgres.ownerDataSource(), "select what from kept"))
                    .isEqualTo("a row");
            assertThat(owner()).isEqualTo(RootsDisguise.NOBODYS_ID);
        }
    }

    private int owner() throws IOException {
        return (int) Files.getAttribute(directory.resolve("data"), "unix:uid");
    }

    private Process container(Class<?> main) throws IOException {
        Path programs = Files.createDirectory(place.resolve("bin"));
        Path unshare =
                Files.writeString(
                        programs.resolve("unshare"),
                        """
                #!/bin/sh
                echo 'unshare: unshare failed: Operation not permitted' >&2
                exit 1
                """);
        assertThat(unshare.toFile().setExecutable(true)).isTrue();
        ProcessBuilder builder =
                new ProcessBuilder(
                        "setpriv",
                        "--bounding-set=" + PRIVILEGES,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        directory.toString());
        builder.environment().merge("PATH", programs + ":", (path, first) -> first + path);
        return builder.redirectErrorStream(true).start();
    }

    static boolean isRootOnLinux() throws IOException, InterruptedException {
        if (RootsDisguise.ofThisProcess() == RootsDisguise.NONE) {
            return false;
        }
        Process trial =
                new ProcessBuilder(List.of("setpriv", "--bounding-set=" + PRIVILEGES, "true"))
                        .start();
        return trial.waitFor(10, TimeUnit.SECONDS) && trial.exitValue() == 0;
    }

    /** What happens inside. */
    static final class Stories {

        private Stories() {}

        public static void main(String[] arguments) throws Exception {
            Path directory = Path.of(arguments[0]);
            try (var postgres = DurablePostgres.in(directory).start()) {
                assertThat(RootsDisguise.ofThisProcess()).isEqualTo(RootsDisguise.NOBODY);
                DurablePostgresIT.run(
                        postgres.ownerDataSource(), "create table kept as select 'a row' as what");
                assertThat(postgres.isRunning()).isTrue();
                assertThat(PostgresEndpoint.of(directory)).isPresent();
                var gone = postgres.gone();
                postgres.kill();
                assertThat(gone).succeedsWithin(Duration.ofSeconds(10));
                assertThat(postgres.isRunning()).isFalse();
                postgres.restart();
                assertThat(
                                DurablePostgresIT.ask(
                                        postgres.ownerDataSource(), "select what from kept"))
                        .isEqualTo("a row");
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    ProcessHandle.allProcesses()
                                                            .filter(
                                                                    process ->
                                                                            Postmaster.isPostgresOf(
                                                                                    directory
                                                                                            .resolve(
                                                                                                    "data"),
                                                                                    process)))
                                            .isEmpty());
        }
    }
}
