package io.farandole.processors.deployment;

import static io.farandole.events.TopicCatalogue.TRAINING;
import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.RunId;
import io.farandole.events.TrainingEvent;
import io.farandole.events.TrainingEvent.Approved;
import io.farandole.events.TrainingEvent.Failed;
import io.farandole.events.TrainingEvent.Promoted;
import io.farandole.postgres.DurablePostgres;
import io.farandole.processors.TownInteractions;
import io.farandole.processors.objects.CloudObjects;
import io.farandole.processors.objects.StorageStandIn;
import io.farandole.processors.vertex.VertexAi;
import io.farandole.processors.vertex.VertexStandIn;
import io.farandole.recommenders.model.ModelDirectory;
import io.farandole.recommenders.model.ModelSpec;
import io.farandole.recommenders.model.TrainedModel;
import io.farandole.recommenders.training.Training;
import io.farandole.streams.testing.ProcessorDriver;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What becomes of a release whose model cannot be brought behind the endpoint: an event says why,
 * and the old release serves on, its lists and its predictions.
 */
class VertexReleasingIT {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir private static Path temporary;

    private static DurablePostgres postgres;
    private static VertexStandIn vertex;
    private static StorageStandIn bucket;
    private static VertexAi ai;
    private static CloudObjects objects;

    /** By their keys: what is served, and what is approved. */
    private static String old;

    private static String approved;

    /** What the endpoint runs, by the address of its files. */
    private static final Map<String, TrainedModel> RUN = new ConcurrentHashMap<>();

    private ReleaseTables tables;
    private JdbcClient database;

    @BeforeAll
    static void start() throws Exception {
        postgres = DurablePostgres.temporary();
        new ReleaseSchema(postgres.ownerDataSource()).migrate();
        vertex = new VertexStandIn(address -> Objects.requireNonNull(RUN.get(address)));
        bucket = new StorageStandIn("farandole-test");
        ai = vertex.connect();
        objects = CloudObjects.in("farandole-test", bucket.host(), temporary.resolve("copies"));
        old = put("popularity");
        approved = put("ease:lambda=20");
    }

    @AfterAll
    static void end() throws Exception {
        ai.close();
        vertex.close();
        bucket.close();
        postgres.close();
    }

    @BeforeEach
    void serveTheOld() throws Exception {
        tables = new ReleaseTables(postgres.ownerDataSource());
        database = JdbcClient.create(postgres.ownerDataSource());
        database.sql(
                        """
                        insert into deployment.releases (release, number, run, model, spec, phase, live_at)
                        values ('r1', 1, 'first', ?, 'popularity', 'LIVE', clock_timestamp())
                        """)
                .param(old)
                .update();
        database.sql("insert into deployment.serving_set (version, release) values (1, 'r1')")
                .update();
        predicting(ai).follow(tables.served());
        assertThat(served()).isEqualTo(Map.of(old, 100));
    }

    @AfterEach
    void forget() {
        vertex.forget();
        database.sql("truncate deployment.releases, deployment.serving_set").update();
    }

    @Test
    void aQuotaThatIsExhausted() throws Exception {
        vertex.refuse(
                "deployModel",
                Status.RESOURCE_EXHAUSTED.withDescription("quota metric custom_model_serving_cpus"),
                4);

        assertThat(failure(ai))
                .contains("deploying ")
                .contains("a quota is exhausted")
                .contains("custom_model_serving_cpus");
        theOldServesOn();
    }

    @Test
    void aDeploymentThatFails() throws Exception {
        for (int i = 0; i < 4; i++) {
            vertex.failOperationOf("deployModel");
        }

        assertThat(failure(ai)).contains("Model server never became ready.");
        theOldServesOn();
    }

    @Test
    void aDeploymentThatTakesTooLong() throws Exception {
        vertex.neverEndOperationOf("deployModel");

        try (VertexAi hasty = vertex.connect(Duration.ofSeconds(5), Duration.ofMillis(200))) {
            assertThat(failure(hasty)).contains("deploying ").contains("took longer than PT0.2S");
        }
        theOldServesOn();
    }

    @Test
    void anOperationThatIsLostWithItsEffect() throws Exception {
        vertex.loseOperationOf("deployModel", false);

        assertThat(failure(ai)).contains("its operation was lost, and it was not done");
        theOldServesOn();
    }

    @Test
    void anOperationThatIsLostIsNoFailureIfItsEffectIsThere() throws Exception {
        vertex.loseOperationOf("uploadModel", true);
        vertex.loseOperationOf("deployModel", true);

        predicting(ai).prepare(approved, tables.served(), 10);

        assertThat(served()).isEqualTo(Map.of(old, 90, approved, 10));
        assertThat(vertex.versions()).hasSize(2);
    }

    @Test
    void anUploadThatIsRefused() throws Exception {
        vertex.refuse(
                "uploadModel",
                Status.PERMISSION_DENIED.withDescription("aiplatform.models.upload denied"),
                1);

        assertThat(failure(ai))
                .contains("uploading model ")
                .contains("not permitted")
                .contains("aiplatform.models.upload denied");
        theOldServesOn();
    }

    @Test
    void anEndpointThatIsGone() throws Exception {
        vertex.loseEndpoint();

        assertThat(failure(ai))
                .contains("projects/farandole-test/locations/europe-west1/endpoints/farandole")
                .contains("not found");
        assertThat(release()).isEqualTo("r1");
    }

    @Test
    void aPredictionThatIsNotThereInTime() throws Exception {
        try (VertexAi hasty = vertex.connect(Duration.ofMillis(150), Duration.ofSeconds(5))) {
            for (int i = 0; i < 4; i++) {
                vertex.beSilent("predict");
            }
            assertThat(failure(hasty)).contains("for a prediction").contains("deadline");
        }
        theOldServesOn();
    }

    @Test
    void aModelThatAnswersOtherwiseThanHere() throws Exception {
        String address = objects.address(approved).toString();
        TrainedModel right = Objects.requireNonNull(RUN.get(address));
        RUN.put(address, Objects.requireNonNull(RUN.get(objects.address(old).toString())));
        try {
            assertThat(failure(ai)).contains("answers otherwise behind the endpoint than here");
        } finally {
            RUN.put(address, right);
        }
        theOldServesOn();
    }

    @Test
    void aDeploymentThatWasLeftHalfDoneIsFinished() throws Exception {
        // Uploaded and deployed, and then the process was killed: no traffic, no release.
        vertex.refuse("updateEndpoint", Status.UNAVAILABLE, 1);
        try {
            predicting(ai).prepare(approved, tables.served(), 10);
        } catch (io.farandole.processors.vertex.VertexTrouble _) {
            assertThat(vertex.deployed()).hasSize(2);
        }
        assertThat(served()).isEqualTo(Map.of(old, 100));

        predicting(ai).prepare(approved, tables.served(), 10);

        assertThat(vertex.deployed()).hasSize(2);
        assertThat(vertex.versions()).hasSize(2);
        assertThat(served()).isEqualTo(Map.of(old, 90, approved, 10));
    }

    @Test
    void aDeploymentWhoseBeginningWasNotAnsweredIsFinished() throws Exception {
        vertex.loseAnswerOf("uploadModel");
        vertex.loseAnswerOf("deployModel");

        predicting(ai).prepare(approved, tables.served(), 10);

        assertThat(vertex.deployed()).hasSize(2);
        assertThat(vertex.versions()).hasSize(2);
        assertThat(served()).isEqualTo(Map.of(old, 90, approved, 10));
    }

    @Test
    void aDeploymentThatWasLeftHalfDoneIsUndoneWhenItIsGivenUp() throws Exception {
        vertex.refuse("updateEndpoint", Status.UNAVAILABLE, 4);

        assertThat(failure(ai)).contains("splitting the traffic");

        theOldServesOn();
        assertThat(vertex.deployed()).hasSize(1);
    }

    @Test
    void nothingIsBroughtThereForARunThatCannotBeReleased() throws Exception {
        database.sql("update deployment.releases set model = 'models/another'").update();

        assertThat(failure(ai)).contains("but models/another is served by now");
        assertThat(vertex.versions()).hasSize(1);
    }

    @Test
    void trafficFollowsWhatIsServedAndOldVersionsGo() throws Exception {
        // Others were served before; five versions are kept, and those that are in use.
        for (int number = 1; number <= 6; number++) {
            String model = put("ease:lambda=" + (100 + number));
            serve("r" + (number + 1), model);
            predicting(ai).follow(tables.served());
            assertThat(served()).isEqualTo(Map.of(model, 100));
            assertThat(vertex.deployed()).hasSize(1);
        }
        assertThat(vertex.versions()).hasSize(5);
        assertThat(vertex.versions().getLast().getVersionAliasesList()).contains("default");

        // Back to one whose version is gone: it is uploaded again.
        serve("r1", old);
        predicting(ai).follow(tables.served());
        assertThat(served()).isEqualTo(Map.of(old, 100));
        assertThat(vertex.versions()).hasSize(5);
    }

    @Test
    void aVersionInUseIsNeverDeleted() throws Exception {
        VertexPredicting two = new VertexPredicting(objects, ai.registry(), ai.endpoint(), 2);
        for (int number = 1; number <= 4; number++) {
            two.prepare(put("ease:lambda=" + (200 + number)), tables.served(), 10);
            two.follow(tables.served());
        }

        assertThat(served()).isEqualTo(Map.of(old, 100));
        assertThat(vertex.versions()).hasSize(3);
    }

    @Test
    void aPromotionThatCannotBeFollowedIsToldAndTheListsHaveChanged() throws Exception {
        serve("r2", approved);
        vertex.loseEndpoint();
        ProcessorDriver driver = driver(ai);
        driver.pipe(
                TRAINING,
                new Promoted(new RunId("second"), "r2", approved, "r1", "ann", List.of("good")),
                NOON);
        driver.performWork();

        assertThat(said(driver))
                .singleElement()
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> {
                            assertThat(failed.step()).isEqualTo("endpoint");
                            assertThat(failed.reason()).contains("not found");
                        });
        assertThat(release()).isEqualTo("r2");
    }

    private void serve(String release, String model) {
        database.sql(
                        """
                        update deployment.releases set phase = 'RETIRED' where phase = 'LIVE'
                        """)
                .update();
        database.sql(
                        """
                        insert into deployment.releases (release, number, run, model, spec, phase, live_at)
                        values (?, substr(?, 2)::int, ?, ?, 'x', 'LIVE', clock_timestamp())
                        on conflict (release) do update set phase = 'LIVE'
                        """)
                .params(release, release, "run of " + release, model)
                .update();
        database.sql("update deployment.serving_set set release = ?").param(release).update();
    }

    private void theOldServesOn() throws Exception {
        assertThat(release()).isEqualTo("r1");
        assertThat(served()).isEqualTo(Map.of(old, 100));
        assertThat(
                        database.sql("select count(*) from deployment.releases")
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
    }

    private String release() {
        return database.sql("select release from deployment.serving_set")
                .query(String.class)
                .single();
    }

    /** Shares of the calls by the models' keys. */
    private static Map<String, Integer> served() {
        Map<String, Integer> served = new HashMap<>();
        vertex.traffic()
                .forEach(
                        (address, share) ->
                                served.put(
                                        address.replace("gs://farandole-test/", "")
                                                .replaceAll("/[0-9a-f]{40}$", ""),
                                        share));
        return served;
    }

    private String failure(VertexAi way) {
        ProcessorDriver driver = driver(way);
        driver.pipe(
                TRAINING,
                new Approved(new RunId("second"), approved, "ease:lambda=20", List.of(), old),
                NOON);
        driver.performWork();
        List<TrainingEvent> said = said(driver);
        assertThat(said).singleElement().isInstanceOf(Failed.class);
        Failed failed = (Failed) said.getFirst();
        assertThat(failed.step()).isEqualTo("deployment");
        return failed.reason();
    }

    private static List<TrainingEvent> said(ProcessorDriver driver) {
        return driver.said(TRAINING).stream().map(message -> message.event()).toList();
    }

    private ProcessorDriver driver(VertexAi way) {
        Predicting predicting = predicting(way);
        Filling filling = new Filling(tables, new StagingLists(postgres.ownerDataSource()));
        Tidying tidying = new Tidying(objects, postgres.ownerDataSource(), 5);
        return ProcessorDriver.of(
                Deployment.describe(
                        new Releasing(
                                objects,
                                tables,
                                filling,
                                new DeploymentSettings(
                                        10, 5, DeploymentSettings.Predictions.VERTEX),
                                tidying,
                                predicting),
                        new Switching(
                                objects,
                                new SwitchTables(postgres.ownerDataSource()),
                                filling,
                                tidying),
                        new Following(predicting, tables)));
    }

    private static Predicting predicting(VertexAi way) {
        return new VertexPredicting(objects, way.registry(), way.endpoint(), 5);
    }

    private static String put(String spec) throws Exception {
        var interactions = TownInteractions.of(4, 40, 40, 8);
        TrainedModel model = Training.train(ModelSpec.parse(spec), interactions);
        Path directory = temporary.resolve("model-" + model.checksum());
        new ModelDirectory(directory).write(model, interactions);
        String key = "models/" + model.checksum();
        objects.put(key, directory);
        RUN.put(objects.address(key).toString(), model);
        return key;
    }
}
