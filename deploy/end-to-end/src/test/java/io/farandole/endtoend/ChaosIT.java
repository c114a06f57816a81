package io.farandole.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.local.inspecting.StoreHash;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The plug is pulled again and again while the whole real data set comes in. */
@EnabledIfSystemProperty(named = "farandole.chaos", matches = "true")
class ChaosIT {

    /** Deliveries to all processors, of about 430,000. */
    private static final List<Integer> KILLS = List.of(15_000, 120_000, 300_000);

    @Test
    void endsWithTheStateOfAnUndisturbedRun() throws InterruptedException {
        List<StoreHash> facts;
        List<StoreHash> lists;
        try (Installation undisturbed = Installation.start()) {
            importAll(undisturbed);
            settle(undisturbed);
            facts = undisturbed.facts();
            lists = undisturbed.lists();
        }
        try (Installation installation = Installation.start()) {
            for (int deliveries : KILLS) {
                Thread importing = Thread.ofVirtual().start(() -> importAll(installation));
                await().atMost(Duration.ofMinutes(10))
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> installation.tables().deliveries() > deliveries);
                installation.kill();
                importing.interrupt();
                importing.join();
                installation.startAgain();
            }
            importAll(installation);
            settle(installation);
            assertThat(installation.facts()).isEqualTo(facts);
            assertThat(installation.lists()).isEqualTo(lists);
            Said verification = installation.run("verify", "--json");
            assertThat(verification.exitCode()).describedAs(verification.out()).isZero();
        }
    }

    private static Said importAll(Installation installation) {
        return installation.run("import", Installation.DATA_SET.toString());
    }

    private static void settle(Installation installation) throws InterruptedException {
        assertThat(installation.awaitRest().accounts()).allMatch(account -> account.balances());
        assertThat(installation.run("refresh").exitCode()).isZero();
    }
}
