package io.farandole.processors.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.RunId;
import io.farandole.events.TrainingEvent.Evaluated;
import io.farandole.events.TrainingEvent.ModelTrained;
import io.farandole.processors.TownInteractions;
import io.farandole.processors.objects.MemoryObjects;
import io.farandole.recommenders.dataset.DataSet;
import io.farandole.recommenders.dataset.DataSetDirectory;
import io.farandole.recommenders.model.ModelDirectory;
import io.farandole.recommenders.model.ModelSpec;
import io.farandole.recommenders.training.Training;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuringModelsTest {

    private static final String KNN = "models/knn";
    private static final String POPULARITY = "models/popularity";

    @TempDir private Path temporary;

    private MemoryObjects objects;

    @BeforeEach
    void make() throws Exception {
        objects = new MemoryObjects(temporary);
        DataSet set = DataSet.of(TownInteractions.of(4, 80, 80, 12));
        Path dataset = temporary.resolve("dataset");
        new DataSetDirectory(dataset).write(set);
        objects.put("datasets/town", dataset);
        keep(KNN, "item-knn", set);
        keep(POPULARITY, "popularity", set);
    }

    @Test
    void measuresBesidePopularity() throws Exception {
        Evaluated evaluated = measure(KNN, Optional.empty());

        assertThat(evaluated.testUsers()).isEqualTo(80);
        assertThat(evaluated.ndcg10()).isGreaterThan(evaluated.popularityNdcg10());
        assertThat(evaluated.abovePopularityLow()).isPositive();
        assertThat(evaluated.abovePopularityHigh()).isGreaterThan(evaluated.abovePopularityLow());
        assertThat(evaluated.coverage10()).isBetween(0.0, 1.0);
        assertThat(evaluated.incumbent()).isNull();
        assertThat(evaluated.aboveIncumbentLow()).isNull();
        assertThat(Files.readString(objects.fetch(evaluated.metrics()).resolve("metrics.json")))
                .contains("\"ndcg\"", "\"recall\"", "\"hitRate\"", "\"map\"");
    }

    @Test
    void measuresBesideWhatIsServed() throws Exception {
        Evaluated worse = measure(POPULARITY, Optional.of(KNN));

        assertThat(worse.incumbent()).isEqualTo(KNN);
        assertThat(worse.incumbentNdcg10()).isEqualTo(measure(KNN, Optional.empty()).ndcg10());
        assertThat(worse.aboveIncumbentHigh()).isNegative();
        assertThat(worse.abovePopularityLow()).isNotPositive();
    }

    @Test
    void asksNothingOfWhichTheServedModelKnowsTheAnswer() throws Exception {
        Path directory = temporary.resolve("cheat");
        DataSet set = DataSet.of(TownInteractions.of(4, 80, 80, 12));
        var learnt = new ArrayList<>(set.perUser().train());
        // Of the first half of the users it was trained on all.
        set.perUser().test().stream()
                .filter(one -> Integer.parseInt(one.user().substring(5)) < 40)
                .forEach(learnt::add);
        new ModelDirectory(directory)
                .write(Training.train(ModelSpec.parse("item-knn"), learnt), learnt);
        objects.put("models/cheat", directory);

        assertThat(measure(KNN, Optional.of("models/cheat")).testUsers()).isEqualTo(40);
    }

    @Test
    void measuresTheSameTwice() throws Exception {
        assertThat(measure(KNN, Optional.empty())).isEqualTo(measure(KNN, Optional.empty()));
        assertThat(objects.list("metrics")).hasSize(1);
    }

    private Evaluated measure(String model, Optional<String> incumbent) throws Exception {
        return (Evaluated)
                new MeasuringModels(objects, () -> incumbent)
                        .measure(
                                new ModelTrained(
                                        new RunId("run-1"),
                                        "datasets/town",
                                        model,
                                        "item-knn",
                                        1,
                                        1,
                                        1))
                        .getFirst();
    }

    private void keep(String key, String spec, DataSet set) throws Exception {
        Path directory = temporary.resolve(spec);
        new ModelDirectory(directory)
                .write(
                        Training.train(ModelSpec.parse(spec), set.perUser().train()),
                        set.perUser().train());
        objects.put(key, directory);
    }
}
