package io.farandole.processors.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.cloud.aiplatform.v1.CustomJob;
import com.google.cloud.aiplatform.v1.JobState;
import io.farandole.events.Message;
import io.farandole.events.RunId;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.TrainingEvent;
import io.farandole.events.TrainingEvent.DatasetReady;
import io.farandole.events.TrainingEvent.Failed;
import io.farandole.processors.objects.CloudObjects;
import io.farandole.processors.objects.StorageStandIn;
import io.farandole.processors.steps.Step;
import io.farandole.processors.vertex.VertexAi;
import io.farandole.processors.vertex.VertexStandIn;
import io.farandole.streams.testing.ProcessorDriver;
import io.grpc.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** The step as it asks Vertex AI, over a real socket; whatever goes wrong ends in an event. */
class VertexTrainingsIT {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final String RUN = "run-1";
    private static final DatasetReady READY =
            new DatasetReady(
                    new RunId(RUN),
                    "datasets/town",
                    "town",
                    80,
                    80,
                    960,
                    80,
                    List.of("ease:lambda=20", "popularity"));

    private static VertexStandIn vertex;
    private static StorageStandIn bucket;
    private static VertexAi ai;

    @TempDir private Path temporary;

    private final List<List<String>> started = new CopyOnWriteArrayList<>();
    private CloudObjects objects;

    @BeforeAll
    static void start() throws Exception {
        vertex =
                new VertexStandIn(
                        address -> {
                            throw new IllegalStateException(address + " is not asked for here");
                        });
        bucket = new StorageStandIn("farandole-test");
        ai = vertex.connect();
    }

    @AfterAll
    static void end() throws Exception {
        ai.close();
        vertex.close();
        bucket.close();
    }

    @BeforeEach
    void put() throws Exception {
        objects = CloudObjects.in("farandole-test", bucket.host(), temporary.resolve("copies"));
        Path dataset = Files.createDirectories(temporary.resolve("dataset"));
        Files.writeString(dataset.resolve("train.tsv"), "user\titem\n");
        objects.put("datasets/town", dataset);
        vertex.runJobsOn(
                (_, arguments, _) -> {
                    started.add(arguments);
                    return 0;
                });
    }

    @AfterEach
    void forget() {
        vertex.forget();
        bucket.names().forEach(bucket::lose);
    }

    @Test
    void startsAJobForEachCandidateAndLeavesTheSayingToThem() {
        assertThat(performed(ai)).isEmpty();

        assertThat(vertex.jobs())
                .hasSize(2)
                .allSatisfy(
                        job -> {
                            assertThat(job.getLabelsMap())
                                    .containsEntry("farandole_installation", "farandole")
                                    .containsEntry("farandole_run", RUN);
                            assertThat(job.getDisplayName()).startsWith("farandole-run-1-");
                        });
        assertThat(started)
                .hasSize(2)
                .allSatisfy(
                        arguments ->
                                assertThat(arguments)
                                        .containsSubsequence("--bucket", "farandole-test")
                                        .anySatisfy(
                                                argument ->
                                                        assertThat(argument)
                                                                .startsWith("{\"datasetReady\"")));
    }

    @Test
    void findsTheJobsOfAnEventThatComesAgain() {
        performed(ai);
        ProcessorDriver driver = driver(ai);
        driver.pipe(TopicCatalogue.TRAINING, READY, NOON);
        driver.performWork();

        assertThat(vertex.jobs()).hasSize(2);
        assertThat(started).hasSize(2);
    }

    @Test
    void findsAJobWhoseBeginningWasNotAnswered() {
        vertex.loseAnswerOf("createCustomJob");

        assertThat(performed(ai)).isEmpty();

        assertThat(vertex.jobs()).hasSize(2);
        assertThat(started).hasSize(2);
    }

    @Test
    void goesOnWatchingWhenItCannotBeAskedForAWhile() {
        vertex.runJobsOn(
                (_, _, _) -> {
                    vertex.refuse("listCustomJobs", Status.UNAVAILABLE, 2);
                    return 0;
                });

        assertThat(performed(ai)).isEmpty();
        assertThat(vertex.jobs()).hasSize(2);
    }

    @Test
    void saysWhichQuotaIsExhaustedWhenItStays() {
        vertex.refuse(
                "createCustomJob",
                Status.RESOURCE_EXHAUSTED.withDescription(
                        "The following quota metrics exceed quota limits:"
                                + " custom_model_training_cpus"),
                4);

        assertThat(failure(ai))
                .isEqualTo(
                        "starting the training of candidate 1 failed: a quota is exhausted"
                                + " (RESOURCE_EXHAUSTED: The following quota metrics exceed quota"
                                + " limits: custom_model_training_cpus)");
        assertThat(vertex.jobs()).isEmpty();
    }

    @Test
    void goesOnWhenAQuotaIsFreeAgain() {
        vertex.refuse("createCustomJob", Status.RESOURCE_EXHAUSTED, 2);

        assertThat(performed(ai)).isEmpty();
        assertThat(vertex.jobs()).hasSize(2);
    }

    @Test
    void saysThatAJobFailedWithWhatVertexSaysAndCancelsTheOther() {
        vertex.runJobsOn((_, arguments, _) -> arguments.contains("1") ? 3 : -1);

        assertThat(failure(ai))
                .contains(
                        "ease:lambda=20:"
                                + " projects/farandole-test/locations/europe-west1/customJobs/")
                .contains("failed: The replica workerpool0-0 exited with a non-zero status of 3.");
        assertThat(vertex.jobs())
                .extracting(CustomJob::getState)
                .containsExactlyInAnyOrder(JobState.JOB_STATE_FAILED, JobState.JOB_STATE_CANCELLED);
    }

    @Test
    void saysThatAJobWasCancelledOrEnded() throws Exception {
        vertex.runJobsOn((_, _, _) -> -1);
        Thread cancelling = endsTheFirst(JobState.JOB_STATE_CANCELLED);
        assertThat(failure(ai)).contains("was cancelled");
        cancelling.join();

        vertex.forget();
        Thread ending = endsTheFirst(JobState.JOB_STATE_EXPIRED);
        assertThat(failure(ai)).contains("took longer than PT2M and was ended");
        ending.join();
    }

    @Test
    void saysThatTheJobsTookTooLongAndCancelsThem() throws Exception {
        vertex.runJobsOn((_, _, _) -> -1);

        try (VertexAi hasty = vertex.connect(Duration.ofSeconds(5), Duration.ofMillis(300))) {
            assertThat(failure(hasty))
                    .isEqualTo(
                            "the jobs of run run-1 took longer than PT0.3S, the waiting for"
                                    + " machines included, and are cancelled");
        }
        assertThat(vertex.jobs())
                .extracting(CustomJob::getState)
                .containsOnly(JobState.JOB_STATE_CANCELLED);
    }

    @Test
    void saysThatNobodyAnswered() throws Exception {
        for (int i = 0; i < 4; i++) {
            vertex.beSilent("createCustomJob");
        }

        try (VertexAi hasty = vertex.connect(Duration.ofMillis(100), Duration.ofSeconds(5))) {
            assertThat(failure(hasty))
                    .contains("starting the training of candidate 1 failed: the deadline was");
        }
    }

    @Test
    void saysWhichFieldIsWrong() throws Exception {
        try (VertexAi wrong = vertex.connectWithMachine("no-machine")) {
            assertThat(failure(wrong))
                    .contains("INVALID_ARGUMENT")
                    .contains("worker_pool_specs.machine_spec.machine_type");
        }
    }

    private static Thread endsTheFirst(JobState state) {
        return Thread.ofVirtual()
                .start(
                        () -> {
                            await().pollInterval(Duration.ofMillis(5))
                                    .until(() -> vertex.jobs().size() == 2);
                            vertex.end(vertex.jobs().getFirst().getName(), state);
                        });
    }

    private String failure(VertexAi way) {
        List<TrainingEvent> said = performed(way);
        assertThat(said).singleElement().isInstanceOf(Failed.class);
        Failed failed = (Failed) said.getFirst();
        assertThat(failed.step()).isEqualTo("training");
        return failed.reason();
    }

    private List<TrainingEvent> performed(VertexAi way) {
        ProcessorDriver driver = driver(way);
        driver.pipe(TopicCatalogue.TRAINING, READY, NOON);
        driver.performWork();
        return driver.said(TopicCatalogue.TRAINING).stream()
                .map(Message::event)
                .map(TrainingEvent.class::cast)
                .toList();
    }

    private ProcessorDriver driver(VertexAi way) {
        Trainings trainings =
                new VertexTrainings(
                        objects,
                        way.jobs(),
                        new TrainingSettings(
                                DataSize.ofGigabytes(1),
                                Duration.ofMinutes(2),
                                TrainingSettings.Engine.VERTEX),
                        VertexStandIn.PROJECT);
        return ProcessorDriver.of(
                Step.named("training", DatasetReady.class, trainings::train, trainings::end)
                        .build());
    }
}
