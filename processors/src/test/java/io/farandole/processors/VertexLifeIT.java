package io.farandole.processors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.pubsub.v1.PubsubMessage;
import io.farandole.events.RunId;
import io.farandole.events.TrainingEvent;
import io.farandole.processors.objects.StorageStandIn;
import io.farandole.processors.training.TrainingMachine;
import io.farandole.processors.vertex.VertexStandIn;
import io.farandole.recommenders.model.TrainedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A model's life on Vertex AI and Cloud Storage, as far as both stand in for themselves here: the
 * job's program trains, puts the model and says so; the endpoint runs what is deployed.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VertexLifeIT {

    private static final Duration LONG = Duration.ofSeconds(90);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int FILMS = 80;
    private static final int USERS = 80;
    private static final int RATINGS_EACH = 12;

    @TempDir private static Path temporary;

    private static StorageStandIn bucket;
    private static VertexStandIn vertex;
    private static Platform platform;
    private static JdbcClient database;

    @BeforeAll
    static void live() throws Exception {
        bucket = new StorageStandIn("farandole-test");
        vertex = new VertexStandIn(VertexLifeIT::model);
        Map<String, Object> settings = new HashMap<>(vertex.properties());
        settings.put("farandole.objects.bucket", "farandole-test");
        settings.put("farandole.objects.host", bucket.host().toString());
        settings.put("farandole.training.engine", "vertex");
        settings.put("farandole.training.memory", "1GB");
        settings.put("farandole.deployment.predictions", "vertex");
        platform = new Platform(List.of(), settings);
        database = platform.owner();
        runJobsHere();
        List<PubsubMessage> films = new ArrayList<>();
        for (int film = 0; film < FILMS; film++) {
            films.add(Town.film("film-" + film, START, List.of("Film")));
        }
        platform.publish("offers", films);
        List<PubsubMessage> ratings = new ArrayList<>();
        TownInteractions.of(4, USERS, FILMS, RATINGS_EACH)
                .forEach(
                        act ->
                                ratings.add(
                                        Town.rated(
                                                "rating-" + ratings.size(),
                                                act.user(),
                                                act.item(),
                                                5,
                                                act.at())));
        platform.publish("interactions", ratings);
        await().atMost(LONG)
                .until(
                        () ->
                                number(
                                                """
                                                select coalesce(sum(l.applied), 0)
                                                from streams.ledger l
                                                join streams.generation g on g.id = l.generation
                                                where g.processor = 'personalisation'
                                                  and l.topic = 'activity'
                                                """)
                                        == USERS * RATINGS_EACH);
    }

    @AfterAll
    static void end() {
        if (platform != null) {
            platform.close();
        }
        vertex.close();
        bucket.close();
    }

    @Test
    @Order(1)
    void isTrainedByAJobAndReleasedBehindTheEndpoint() throws Exception {
        request("first", "item-knn:neighbours=2,shrink=0");

        await().atMost(LONG).until(() -> phase("first").equals("LIVE"));
        assertThat(vertex.jobs()).hasSize(1);
        assertThat(number("select count(*) from streams.outbox where " + SAID, "modelTrained"))
                .as("said by the step itself")
                .isZero();
        await().atMost(LONG).untilAsserted(() -> assertThat(vertex.traffic()).containsValue(100));
        assertThat(bucket.names()).anyMatch(name -> name.startsWith("models/"));
        assertThat(vertex.predictions()).isPositive();
    }

    @Test
    @Order(2)
    void failsWithAReasonAndTheOldReleaseServesOn() throws Exception {
        vertex.runJobsOn((_, _, _) -> 3);
        request("broken", "ease:lambda=20");
        await().atMost(LONG).until(() -> failure("broken").contains("non-zero status of 3"));

        assertThat(phase("first")).isEqualTo("LIVE");
        assertThat(number("select count(*) from personalisation.served where release = 'r1'"))
                .isEqualTo(USERS);
        assertThat(vertex.traffic()).containsValue(100).hasSize(1);
    }

    @Test
    @Order(3)
    void isACanaryThereTooUntilItIsPromoted() throws Exception {
        runJobsHere();
        request("second", "ease:lambda=20");

        await().atMost(LONG).until(() -> phase("second").equals("CANARY"));
        assertThat(vertex.traffic().values()).containsExactlyInAnyOrder(90, 10);

        platform.ask(
                new TrainingEvent.PromotionRequested(
                        new RunId("second"), "r2", "ann", "it is good"));
        await().atMost(LONG).until(() -> phase("second").equals("LIVE"));
        await().atMost(LONG)
                .untilAsserted(
                        () -> {
                            assertThat(vertex.traffic().values()).containsExactly(100);
                            assertThat(vertex.deployed()).hasSize(1);
                        });
        assertThat(vertex.versions()).hasSize(2);
    }

    @Test
    @Order(4)
    void anEndpointThatIsGoneEndsTheRunAndListsAreServedOn() throws Exception {
        vertex.loseEndpoint();
        request("third", "ease:lambda=5");

        await().atMost(LONG).until(() -> failure("third").contains("not found"));
        assertThat(failure("third")).contains("endpoints/farandole");
        assertThat(phase("second")).isEqualTo("LIVE");
        assertThat(number("select count(*) from personalisation.served where release = 'r2'"))
                .isEqualTo(USERS);
    }

    private static final String SAID =
            "topic = 'training' and convert_from(payload, 'UTF8') like '{\"' || ? || '\"%'";

    private static void runJobsHere() {
        vertex.runJobsOn(
                (command, arguments, environment) -> {
                    environment.put("STORAGE_EMULATOR_HOST", bucket.host().toString());
                    environment.put("PUBSUB_EMULATOR_HOST", platform.pubSubEndpoint());
                    return TrainingMachine.run(command, arguments, environment);
                });
    }

    private static TrainedModel model(String address) {
        try {
            Path directory = Files.createTempDirectory(temporary, "deployed-");
            bucket.copy(URI.create(address), directory);
            return TrainedModel.load(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void request(String run, String candidate) throws Exception {
        platform.ask(new TrainingEvent.Requested(new RunId(run), "operator", List.of(candidate)));
    }

    private static String failure(String run) {
        return database.sql(
                        "select string_agg(convert_from(payload, 'UTF8'), ' ') from streams.outbox"
                                + " where "
                                + SAID
                                + " and convert_from(payload, 'UTF8') like '%\"' || ? || '\"%'")
                .params("failed", run)
                .query(String.class)
                .optional()
                .orElse("");
    }

    private static String phase(String run) {
        return database.sql("select phase from deployment.releases where run = ?")
                .param(run)
                .query(String.class)
                .optional()
                .orElse("none");
    }

    private static long number(String sql, Object... parameters) {
        return database.sql(sql).params(parameters).query(Long.class).single();
    }
}
