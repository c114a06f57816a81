package io.farandole.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.endtoend.SharedInstallation.Stage;
import io.farandole.local.inspecting.Books;
import io.farandole.postgres.PostgresEndpoint;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The plug is pulled in the middle of an import. */
@ExtendWith(SharedInstallation.class)
@Execution(ExecutionMode.CONCURRENT)
class KillIT {

    private static final int IN_THE_MIDDLE = 5_000;

    @Test
    void endsWithTheStateOfAnUndisturbedRun(Stage undisturbed) throws InterruptedException {
        try (Installation installation = Installation.start()) {
            Thread importing =
                    Thread.ofVirtual().start(() -> SharedInstallation.importing(installation));
            await().atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> installation.tables().deliveries() > IN_THE_MIDDLE);
            installation.kill();
            importing.interrupt();
            assertThat(PostgresEndpoint.of(installation.directory().postgres()))
                    .describedAs("Postgres outlives the killed process")
                    .isPresent();

            installation.startAgain();
            importing.join();
            assertThat(SharedInstallation.importing(installation).exitCode()).isZero();
            Books books = installation.awaitRest();

            assertThat(books.accounts()).allMatch(account -> account.balances());
            assertThat(installation.facts()).isEqualTo(undisturbed.facts());
            assertThat(installation.run("refresh").exitCode()).isZero();
            assertThat(installation.lists()).isEqualTo(undisturbed.lists());
            Said verification = installation.run("verify", "--json");
            assertThat(verification.exitCode()).describedAs(verification.out()).isZero();
        }
    }
}
