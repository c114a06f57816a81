package io.farandole.processors.training;

import io.farandole.processors.steps.GivenUp;
import io.farandole.recommenders.model.ModelSpec;
import java.io.IOException;
import java.nio.file.Path;

/** What trains a model on this machine, in a process of its own. */
interface Trainer {

    /**
     * Writes the model's directory.
     *
     * @param dataset a data set's directory
     * @param model is not there yet
     * @throws TrainingFailed if it did not end well, with what it said last
     * @throws GivenUp if it never will: it does not fit into the memory, or takes too long
     */
    void train(Path dataset, Path model, ModelSpec spec)
            throws IOException, InterruptedException, TrainingFailed, GivenUp;
}
