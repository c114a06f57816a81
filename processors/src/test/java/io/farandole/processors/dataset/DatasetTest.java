package io.farandole.processors.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.events.Message;
import io.farandole.events.RunId;
import io.farandole.events.TickEvent;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.TrainingEvent;
import io.farandole.events.TrainingEvent.DatasetReady;
import io.farandole.events.TrainingEvent.Failed;
import io.farandole.events.TrainingEvent.Requested;
import io.farandole.processors.TownInteractions;
import io.farandole.processors.objects.MemoryObjects;
import io.farandole.processors.steps.GivenUp;
import io.farandole.recommenders.dataset.DataSetDirectory;
import io.farandole.recommenders.dataset.Interaction;
import io.farandole.recommenders.dataset.ItemFacts;
import io.farandole.streams.testing.ProcessorDriver;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final RunId RUN = new RunId("run-1");

    private static final ItemFacts FACTS = new ItemFacts(Map.of("new", List.of("category=ART")));

    @TempDir private Path temporary;

    private List<Interaction> archive = TownInteractions.of(2, 10, 20, 10);
    private MemoryObjects objects;
    private CuttingDataSet cutting;

    @BeforeEach
    void make() {
        objects = new MemoryObjects(temporary);
        cutting =
                new CuttingDataSet(
                        this::extract, objects, new DatasetSettings(List.of("ease", "popularity")));
    }

    private Interactions.Extract extract() {
        return new Interactions.Extract(archive, FACTS, 120, NOON.minusSeconds(9), NOON, 150);
    }

    @Test
    void writesWhatHappenedUnderItsFingerprint() throws Exception {
        DatasetReady ready = (DatasetReady) cutting.cut(requested(List.of())).getFirst();

        assertThat(ready.dataset()).isEqualTo("datasets/" + ready.fingerprint());
        assertThat(ready.users()).isEqualTo(10);
        assertThat(ready.interactions()).isEqualTo(100);
        assertThat(ready.testUsers()).isEqualTo(10);
        assertThat(ready.events()).isEqualTo(120);
        assertThat(ready.from()).isEqualTo(NOON.minusSeconds(9));
        assertThat(ready.to()).isEqualTo(NOON);
        assertThat(ready.archivedTo()).isEqualTo("150");
        assertThat(ready.candidates())
                .containsExactly("ease:lambda=200", "popularity:half-life=730d");
        DataSetDirectory directory = new DataSetDirectory(objects.fetch(ready.dataset()));
        assertThat(directory.summary().fingerprint()).isEqualTo(ready.fingerprint());
        assertThat(directory.perUser().train()).hasSize(80);
        assertThat(directory.perUser().test()).hasSize(20);
        assertThat(directory.facts()).isEqualTo(FACTS);
    }

    @Test
    void makesTheSameOfTheSame() throws Exception {
        DatasetReady first = (DatasetReady) cutting.cut(requested(List.of())).getFirst();
        archive = archive.reversed();
        DatasetReady second = (DatasetReady) cutting.cut(requested(List.of())).getFirst();

        assertThat(second).isEqualTo(first);
        assertThat(objects.list("datasets")).hasSize(1);
    }

    @Test
    void takesTheCandidatesOfTheRequestInTheirOneForm() throws Exception {
        DatasetReady ready = (DatasetReady) cutting.cut(requested(List.of("item-knn"))).getFirst();

        assertThat(ready.candidates()).containsExactly("item-knn:neighbours=100,shrink=10");
    }

    @Test
    void refusesWhenThereIsNothingToJudgeBy() {
        archive = TownInteractions.of(2, 10, 20, 4);

        assertThatThrownBy(() -> cutting.cut(requested(List.of())))
                .isInstanceOf(GivenUp.class)
                .hasMessage(
                        "there is nothing to judge a model by: no user has five interactions yet,"
                                + " of 10 users with 40 interactions");
    }

    @Test
    void saysAtOnceWhyItGaveUp() {
        ProcessorDriver driver = ProcessorDriver.of(Dataset.describe(cutting));
        driver.pipe(TopicCatalogue.TRAINING, requested(List.of("oracle")), NOON);
        driver.performWork();

        assertThat(said(driver))
                .singleElement()
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> {
                            assertThat(failed.step()).isEqualTo("dataset");
                            assertThat(failed.reason()).contains("'oracle' is no model");
                        });
    }

    @Test
    void makesARunOfATickOfItsScheduleAlone() {
        ProcessorDriver driver = ProcessorDriver.of(Dataset.describe(cutting));
        driver.pipe(TopicCatalogue.TICKS, new TickEvent.Due("training", NOON), NOON);
        driver.pipe(TopicCatalogue.TICKS, new TickEvent.Due("tea", NOON), NOON);

        assertThat(said(driver))
                .containsExactly(
                        new Requested(
                                new RunId("training-2026-01-01T12:00:00Z"), "schedule", List.of()));
    }

    private static List<TrainingEvent> said(ProcessorDriver driver) {
        return driver.said(TopicCatalogue.TRAINING).stream().map(Message::event).toList();
    }

    private static Requested requested(List<String> candidates) {
        return new Requested(RUN, "operator", candidates);
    }
}
