package io.farandole.processors.evaluation;

import io.farandole.events.TrainingEvent;
import io.farandole.events.TrainingEvent.Evaluated;
import io.farandole.events.TrainingEvent.ModelTrained;
import io.farandole.processors.objects.LocalDraft;
import io.farandole.processors.objects.ObjectStore;
import io.farandole.recommenders.dataset.DataSetDirectory;
import io.farandole.recommenders.dataset.Split;
import io.farandole.recommenders.evaluation.Evaluating;
import io.farandole.recommenders.evaluation.Evaluation;
import io.farandole.recommenders.evaluation.HeldOut;
import io.farandole.recommenders.evaluation.Interval;
import io.farandole.recommenders.evaluation.Metric;
import io.farandole.recommenders.model.ModelSpec;
import io.farandole.recommenders.model.TrainedModel;
import io.farandole.recommenders.training.Training;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures a model on each user's last fifth, which it has not seen. Neither has the model that is
 * served, whenever it was trained: a user's held-out part only moves forward in time.
 */
final class MeasuringModels {

    private static final int LENGTH = 10;

    private final ObjectStore objects;
    private final Incumbent served;

    MeasuringModels(ObjectStore objects, Incumbent served) {
        this.objects = objects;
        this.served = served;
    }

    List<TrainingEvent> measure(ModelTrained trained) throws IOException, SQLException {
        Split split = new DataSetDirectory(objects.fetch(trained.dataset())).perUser();
        Evaluating evaluating = Evaluating.of(HeldOut.of(split, HeldOut.Relevant.ALL));
        Evaluation model = evaluating.evaluate(load(trained.model()));
        Evaluation popularity =
                evaluating.evaluate(Training.train(ModelSpec.Popularity.USUAL, split.train()));
        Optional<String> incumbent = served.model();
        Evaluation inPlace =
                incumbent.isPresent() ? evaluating.evaluate(load(incumbent.get())) : null;
        List<Evaluation.Difference> differences = new ArrayList<>();
        differences.add(model.minus(popularity, Metric.NDCG, LENGTH));
        if (inPlace != null) {
            differences.add(model.minus(inPlace, Metric.NDCG, LENGTH));
        }
        String metrics =
                keep(
                        new Measurements(
                                trained.dataset(),
                                model.report(),
                                popularity.report(),
                                inPlace == null ? null : inPlace.report(),
                                differences),
                        trained.model() + " " + trained.dataset() + " " + incumbent.orElse("-"));
        Interval abovePopularity = differences.getFirst().interval();
        Interval aboveIncumbent = inPlace == null ? null : differences.getLast().interval();
        return List.of(
                new Evaluated(
                        trained.run(),
                        trained.dataset(),
                        trained.model(),
                        trained.spec(),
                        trained.candidate(),
                        trained.candidates(),
                        metrics,
                        model.report().test().users(),
                        ndcg(model),
                        model.report().coverage(LENGTH),
                        ndcg(popularity),
                        abovePopularity.low(),
                        abovePopularity.high(),
                        incumbent.orElse(null),
                        inPlace == null ? null : ndcg(inPlace),
                        aboveIncumbent == null ? null : aboveIncumbent.low(),
                        aboveIncumbent == null ? null : aboveIncumbent.high()));
    }

    private TrainedModel load(String model) throws IOException {
        return TrainedModel.load(objects.fetch(model));
    }

    /** Under a name that says what was measured on what. */
    private String keep(Measurements measurements, String measured) throws IOException {
        String prefix =
                "metrics/" + UUID.nameUUIDFromBytes(measured.getBytes(StandardCharsets.UTF_8));
        try (LocalDraft draft = LocalDraft.make()) {
            Files.createDirectories(draft.directory());
            Files.writeString(
                    draft.directory().resolve("metrics.json"),
                    JsonMapper.shared().writeValueAsString(measurements));
            objects.put(prefix, draft.directory());
        }
        return prefix;
    }

    private static double ndcg(Evaluation evaluation) {
        return evaluation.report().metric(Metric.NDCG, LENGTH).mean();
    }
}
