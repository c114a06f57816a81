package io.farandole.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.endtoend.SharedInstallation.Stage;
import io.farandole.local.asking.Api;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong around it is said in one clear line, and what can be mended is. */
@ExtendWith(SharedInstallation.class)
class TroubleIT {

    private final Installation installation;

    @TempDir Path another;

    TroubleIT(Stage stage) {
        installation = stage.installation();
    }

    @Test
    void saysThatTheDirectoryIsInUse() {
        Said said = installation.run("up", "--foreground", "--api-port", "0");
        assertThat(said.exitCode()).isEqualTo(5);
        assertThat(said.err().lines()).hasSize(1);
        assertThat(said.err()).contains("is in use by process", "farandole down");
    }

    @Test
    void saysWhichPortIsTakenAndByWhom() {
        int port = installation.ports().api();
        Said said = Installation.runOn(another, "up", "--api-port", Integer.toString(port));
        assertThat(said.exitCode()).isEqualTo(5);
        assertThat(said.err().lines()).hasSize(1);
        assertThat(said.err())
                .contains("Port " + port + " (API) is taken by process")
                .contains("--api-port");
    }

    @Test
    void comesBackWhenPostgresIsKilled() throws Exception {
        long pid =
                Long.parseLong(
                        Files.readAllLines(
                                        installation
                                                .directory()
                                                .postgres()
                                                .resolve("data")
                                                .resolve("postmaster.pid"))
                                .getFirst());
        try (Api api = new Api(installation.ports())) {
            String user = installation.tables().someUserWithList().orElseThrow();
            assertThat(api.recommendations(user, 5).status()).isEqualTo(200);

            ProcessHandle.of(pid).orElseThrow().destroyForcibly();

            await().atMost(Duration.ofSeconds(10))
                    .pollInterval(Duration.ofMillis(20))
                    .untilAsserted(
                            () -> assertThat(api.recommendations(user, 5).status()).isEqualTo(503));
            await().atMost(Duration.ofMinutes(1))
                    .ignoreExceptions()
                    .until(() -> api.recommendations(user, 5).status() == 200);
            await().atMost(Duration.ofMinutes(1))
                    .ignoreExceptions()
                    .until(() -> api.get(api.health()).isOk());
        }
        assertThat(SharedInstallation.importing(installation).exitCode()).isZero();
        installation.awaitRest();
        assertThat(installation.run("ledger").exitCode()).isZero();
    }
}
