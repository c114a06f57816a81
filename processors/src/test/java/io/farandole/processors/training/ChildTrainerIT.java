package io.farandole.processors.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.farandole.events.RunId;
import io.farandole.events.TrainingEvent.DatasetReady;
import io.farandole.events.TrainingEvent.ModelTrained;
import io.farandole.processors.TownInteractions;
import io.farandole.processors.objects.MemoryObjects;
import io.farandole.processors.steps.GivenUp;
import io.farandole.recommenders.dataset.DataSet;
import io.farandole.recommenders.dataset.DataSetDirectory;
import io.farandole.recommenders.dataset.Interaction;
import io.farandole.recommenders.model.ModelSpec;
import io.farandole.recommenders.model.TrainedModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Trainings in processes of their own. */
class ChildTrainerIT {

    private static final TrainingSettings USUAL =
            new TrainingSettings(
                    DataSize.ofGigabytes(1), Duration.ofMinutes(2), TrainingSettings.Engine.LOCAL);

    @TempDir private Path temporary;

    @Test
    void trainsEachCandidateAndNamesItByWhatItIs() throws Exception {
        MemoryObjects objects = new MemoryObjects(temporary);
        objects.put("datasets/town", dataset(TownInteractions.of(4, 80, 80, 12)));
        DatasetReady ready =
                new DatasetReady(
                        new RunId("run-1"),
                        "datasets/town",
                        "town",
                        80,
                        80,
                        960,
                        80,
                        List.of("ease:lambda=20", "popularity"));

        var said = new TrainingModels(objects, new ChildTrainer(USUAL)).train(ready);

        assertThat(said)
                .hasSize(2)
                .allSatisfy(
                        event -> {
                            ModelTrained trained = (ModelTrained) event;
                            TrainedModel model = TrainedModel.load(objects.fetch(trained.model()));
                            assertThat(trained.model()).isEqualTo("models/" + model.checksum());
                            assertThat(trained.candidates()).isEqualTo(2);
                        });
        assertThat(said)
                .extracting(event -> ((ModelTrained) event).spec())
                .containsExactly("ease:lambda=20", "popularity:half-life=730d");
        assertThat(objects.list("models")).hasSize(2);
    }

    @Test
    void aTrainingThatDoesNotFitIsRefusedWithTheNumberAndTakesNobodyAlong() throws Exception {
        Path dataset = dataset(TownInteractions.of(1, 3_000, 6_000, 40));
        ChildTrainer small =
                new ChildTrainer(
                        new TrainingSettings(
                                DataSize.ofMegabytes(64),
                                Duration.ofMinutes(2),
                                TrainingSettings.Engine.LOCAL));

        assertThatThrownBy(
                        () ->
                                small.train(
                                        dataset,
                                        temporary.resolve("model"),
                                        ModelSpec.parse("ease:lambda=20,support=1")))
                .isInstanceOf(GivenUp.class)
                .hasMessageContaining("ease:lambda=20,support=1: ")
                .hasMessageMatching("(?s).*\\d.*(MB|bytes|GB|MiB|GiB).*");
        assertThat(temporary.resolve("model")).doesNotExist();
    }

    @Test
    void aTrainingThatCrashesSaysWhatItSaidLast() {
        assertThatThrownBy(
                        () ->
                                new ChildTrainer(USUAL)
                                        .train(
                                                temporary.resolve("no-data-set"),
                                                temporary.resolve("model"),
                                                ModelSpec.parse("popularity")))
                .isInstanceOf(TrainingFailed.class)
                .hasMessageContaining("ended with status 1")
                .hasMessageContaining("no-data-set");
    }

    @Test
    @EnabledIfSystemProperty(named = "farandole.chaos", matches = "true")
    void aTrainingWhoseHeapIsFullSaysSo() throws Exception {
        Path dataset = dataset(TownInteractions.of(1, 12_500, 6_000, 40));
        ChildTrainer small =
                new ChildTrainer(
                        new TrainingSettings(
                                DataSize.ofMegabytes(64),
                                Duration.ofMinutes(2),
                                TrainingSettings.Engine.LOCAL));

        assertThatThrownBy(
                        () ->
                                small.train(
                                        dataset,
                                        temporary.resolve("model"),
                                        ModelSpec.parse("popularity")))
                .isInstanceOf(GivenUp.class)
                .hasMessageContaining("java.lang.OutOfMemoryError: Java heap space");
        assertThat(temporary.resolve("model")).doesNotExist();
    }

    @Test
    void aTrainingThatIsKilledSaysSo() throws Exception {
        Path dataset = dataset(TownInteractions.of(4, 80, 80, 12));
        Thread killing = Thread.ofVirtual().start(ChildTrainerIT::killTheChild);

        assertThatThrownBy(
                        () ->
                                new ChildTrainer(USUAL)
                                        .train(
                                                dataset,
                                                temporary.resolve("model"),
                                                ModelSpec.parse("popularity")))
                .isInstanceOf(TrainingFailed.class)
                .hasMessageContaining("was killed by signal 9");
        killing.join();
        assertThat(temporary.resolve("model")).doesNotExist();
    }

    private static void killTheChild() {
        await().pollInterval(Duration.ofMillis(5))
                .until(
                        () ->
                                ProcessHandle.current()
                                        .children()
                                        .filter(ChildTrainerIT::isTraining)
                                        .anyMatch(ProcessHandle::destroyForcibly));
    }

    // Its arguments are too long for the system to tell them.
    private static boolean isTraining(ProcessHandle child) {
        String command = child.info().command().orElse("");
        return command.endsWith("/java") || command.endsWith("/nice");
    }

    @Test
    void aTrainingThatTakesTooLongIsEnded() throws Exception {
        Path dataset = dataset(TownInteractions.of(4, 80, 80, 12));
        ChildTrainer hasty =
                new ChildTrainer(
                        new TrainingSettings(
                                DataSize.ofGigabytes(1),
                                Duration.ofMillis(1),
                                TrainingSettings.Engine.LOCAL));

        assertThatThrownBy(
                        () ->
                                hasty.train(
                                        dataset,
                                        temporary.resolve("model"),
                                        ModelSpec.parse("popularity")))
                .isInstanceOf(GivenUp.class)
                .hasMessageContaining("took longer than PT0.001S");
    }

    private Path dataset(List<Interaction> interactions) throws Exception {
        Path directory = temporary.resolve("dataset");
        new DataSetDirectory(directory).write(DataSet.of(interactions));
        return directory;
    }
}
