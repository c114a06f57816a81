package io.farandole.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.endtoend.SharedInstallation.Stage;
import io.farandole.events.RunId;
import io.farandole.local.asking.Api;
import io.farandole.local.inspecting.AskingForTraining;
import io.farandole.local.inspecting.RunLedger;
import io.farandole.local.inspecting.StoreHash;
import io.farandole.local.running.RunningInstance;
import io.farandole.orchestrator.runs.RunDetails;
import io.farandole.orchestrator.runs.RunState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A model is asked for, trained, judged and released, and then served. */
@ExtendWith(SharedInstallation.class)
class ReleaseIT {

    private static final Duration LONG = Duration.ofMinutes(2);

    private final Installation installation;

    ReleaseIT(Stage stage) {
        installation = stage.installation();
    }

    @BeforeEach
    void isAtRest() throws InterruptedException {
        // Other stories' ratings changed what others like: the lists are to say so before and
        // after.
        assertThat(installation.run("refresh").exitCode()).isZero();
        installation.awaitRest();
    }

    @Test
    void whatItsModelMakesIsGotFromTheApi() throws InterruptedException {
        List<StoreHash> lists = installation.lists();
        RunId run =
                AskingForTraining.on(
                        RunningInstance.find(installation.directory().path()), List.of());
        try (Api api = new Api(installation.ports())) {
            RunDetails ended =
                    await().atMost(LONG).until(() -> ended(run), Optional::isPresent).get();
            assertThat(ended.summary().state())
                    .as(ended.summary().reasons().toString())
                    .isEqualTo(RunState.DONE);

            JsonNode list = api.recommendations(someUser(), 20).body();
            assertThat(list.path("params").path("origin").asString()).isEqualTo("model");
            assertThat(list.path("params").path("release").asString()).isEqualTo("r1");
            assertThat(list.path("recommendations")).hasSize(20);
            assertThat(list.path("recommendations").path(0).path("score").asDouble()).isPositive();

            JsonNode similar = api.get(api.similarTo(someMovie())).body();
            assertThat(similar.path("params").path("origin").asString()).isEqualTo("model");
            assertThat(similar.path("params").path("release").asString()).isEqualTo("r1");
            assertThat(similar.path("similar")).isNotEmpty();
        } finally {
            unrelease();
        }
        assertThat(installation.lists()).isEqualTo(lists);
    }

    private Optional<RunDetails> ended(RunId run) {
        return RunLedger.in(installation.tables())
                .one(run)
                .filter(details -> details.summary().state() != RunState.RUNNING);
    }

    // The other stories are told of lists by taste.
    private void unrelease() throws InterruptedException {
        JdbcClient database = installation.tables().client();
        database.sql("delete from deployment.serving_set").update();
        database.sql("update deployment.releases set phase = 'RETIRED'").update();
        assertThat(installation.run("refresh").exitCode()).isZero();
        installation.awaitRest();
    }

    private String someUser() {
        return installation.tables().someUserWithList().orElseThrow();
    }

    /** An item of which the model knows similar ones; in this data set it is its own offer. */
    private String someMovie() {
        return installation
                .tables()
                .client()
                .sql("select item from deployment.similar order by item limit 1")
                .query(String.class)
                .single();
    }
}
