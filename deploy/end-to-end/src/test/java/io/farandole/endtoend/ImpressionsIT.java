package io.farandole.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.local.asking.Api;
import io.farandole.local.inspecting.Books;
import io.farandole.orchestrator.ledger.Account;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The broker takes nothing while lists are asked for, and then the plug is pulled: every impression
 * is in the archive, once.
 */
@EnabledIfSystemProperty(named = "farandole.chaos", matches = "true")
class ImpressionsIT {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int CALLS = 200;

    @Test
    void arriveOnceThoughTheBrokerWasFullAndTheProcessKilled() throws InterruptedException {
        try (Installation installation = Installation.start()) {
            assertThat(SharedInstallation.importing(installation).exitCode()).isZero();
            Account before = impressions(installation.awaitRest());
            installation.kill();

            // Its journal is larger than that already: it refuses whatever is published.
            installation.startAgain("1MB");
            try (Api api = new Api(installation.ports())) {
                for (int i = 1; i <= CALLS; i++) {
                    assertThat(api.recommendations(Integer.toString(i), 5).status()).isEqualTo(200);
                }
            }
            await().atMost(LONG).until(() -> outbox(installation) == CALLS);
            installation.kill();

            installation.startAgain();
            await().atMost(LONG).until(() -> outbox(installation) == 0);
            Account after = impressions(installation.awaitRest());
            assertThat(after.applied() - before.applied()).isEqualTo(CALLS);
            assertThat(after.distinctPublished() - before.distinctPublished()).isEqualTo(CALLS);
            assertThat(after.balances()).isTrue();
            Said verification = installation.run("verify", "--json");
            assertThat(verification.exitCode()).describedAs(verification.out()).isZero();
        }
    }

    private static long outbox(Installation installation) {
        return installation
                .tables()
                .client()
                .sql("select count(*) from gateway.outbox")
                .query(Long.class)
                .single();
    }

    private static Account impressions(Books books) {
        return books.accounts().stream()
                .filter(account -> account.topic().equals("impressions"))
                .findFirst()
                .orElseThrow();
    }
}
