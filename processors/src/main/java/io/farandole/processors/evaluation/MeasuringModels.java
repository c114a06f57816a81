package io.farandole.processors.evaluation;

import io.farandole.events.TrainingEvent;
import io.farandole.events.TrainingEvent.Evaluated;
import io.farandole.events.TrainingEvent.ModelTrained;
import io.farandole.processors.objects.LocalDraft;
import io.farandole.processors.objects.ObjectStore;
import io.farandole.recommenders.dataset.DataSetDirectory;
import io.farandole.recommenders.dataset.Interaction;
import io.farandole.recommenders.dataset.Split;
import io.farandole.recommenders.evaluation.Evaluating;
import io.farandole.recommenders.evaluation.Evaluation;
import io.farandole.recommenders.evaluation.HeldOut;
import io.farandole.recommenders.evaluation.Interval;
import io.farandole.recommenders.evaluation.Metric;
import io.farandole.recommenders.model.ModelDirectory;
import io.farandole.recommenders.model.ModelSpec;
import io.farandole.recommenders.model.TrainedModel;
import io.farandole.recommenders.training.Training;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures a model on each user's last fifth, which it has not seen; and beside it, on the same
 * questions, popularity and the model that is served. What that one was trained on is left out of
 * the questions: mostly nothing, for a user's last fifth moves forward in time, but an act that was
 * taken back, or told late, moves it back.
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
        Optional<String> incumbent = served.model();
        Split whole = new DataSetDirectory(objects.fetch(trained.dataset())).perUser();
        Split split = incumbent.isPresent() ? without(incumbent.get(), whole) : whole;
        Evaluating evaluating = Evaluating.of(HeldOut.of(split, HeldOut.Relevant.ALL));
        Evaluation model = evaluating.evaluate(load(trained.model()));
        Evaluation popularity = stronger(evaluating, split);
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

    /** Asks nothing of which the model knows the answer. */
    private Split without(String model, Split split) throws IOException {
        Set<Pair> learnt = new HashSet<>();
        new ModelDirectory(objects.fetch(model))
                .histories()
                .forEach(one -> learnt.add(Pair.of(one)));
        return new Split(
                split.train(),
                split.test().stream().filter(one -> !learnt.contains(Pair.of(one))).toList());
    }

    private record Pair(String user, String item) {

        static Pair of(Interaction interaction) {
            return new Pair(interaction.user(), interaction.item());
        }
    }

    /**
     * Popularity with and without decay: to be better than the weaker of them would be no merit.
     */
    private static Evaluation stronger(Evaluating evaluating, Split split) {
        return Stream.of(ModelSpec.Popularity.USUAL, ModelSpec.Popularity.UNDECAYED)
                .map(spec -> evaluating.evaluate(Training.train(spec, split.train())))
                .max(Comparator.comparingDouble(MeasuringModels::ndcg))
                .orElseThrow();
    }

    private TrainedModel load(String model) throws IOException {
        return TrainedModel.load(objects.fetch(model));
    }

    /** Under a name that says what was measured on what. */
    private String keep(Measurements measurements, String measured) throws IOException {
        String prefix =
                "metrics/" + UUID.nameUUIDFromBytes(measured.getBytes(StandardCharsets.UTF_8));
        try (LocalDraft draft = objects.draft()) {
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
