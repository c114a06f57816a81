package io.farandole.processors.training;

import io.farandole.events.Envelope;
import io.farandole.events.TrainingEvent;
import io.farandole.events.TrainingEvent.DatasetReady;
import io.farandole.events.TrainingEvent.ModelTrained;
import io.farandole.processors.objects.LocalDraft;
import io.farandole.processors.objects.ObjectStore;
import io.farandole.processors.steps.GivenUp;
import io.farandole.recommenders.model.Description;
import io.farandole.recommenders.model.ModelDirectory;
import io.farandole.recommenders.model.ModelSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Trains one candidate after the other; a model's name is the checksum of what it is. */
final class TrainingModels implements Trainings {

    private final ObjectStore objects;
    private final Trainer trainer;

    TrainingModels(ObjectStore objects, Trainer trainer) {
        this.objects = objects;
        this.trainer = trainer;
    }

    @Override
    public List<TrainingEvent> train(DatasetReady ready, Envelope envelope)
            throws IOException, InterruptedException, TrainingFailed, GivenUp {
        return train(ready);
    }

    /** A child ends with whoever waits for it. */
    @Override
    public void end(DatasetReady ready) {}

    List<TrainingEvent> train(DatasetReady ready)
            throws IOException, InterruptedException, TrainingFailed, GivenUp {
        List<TrainingEvent> trained = new ArrayList<>();
        for (int number = 1; number <= ready.candidates().size(); number++) {
            trained.add(train(ready, number));
        }
        return trained;
    }

    /** One of the candidates, from 1. */
    ModelTrained train(DatasetReady ready, int number)
            throws IOException, InterruptedException, TrainingFailed, GivenUp {
        Path dataset = objects.fetch(ready.dataset());
        List<String> candidates = ready.candidates();
        try (LocalDraft draft = objects.draft()) {
            ModelSpec spec = ModelSpec.parse(candidates.get(number - 1));
            trainer.train(dataset, draft.directory(), spec);
            Description model = new ModelDirectory(draft.directory()).description();
            String prefix = "models/" + model.checksum();
            objects.put(prefix, draft.directory());
            return new ModelTrained(
                    ready.run(),
                    ready.dataset(),
                    prefix,
                    model.spec(),
                    number,
                    candidates.size(),
                    model.seconds());
        }
    }
}
