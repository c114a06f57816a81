package io.farandole.processors.training;

import io.farandole.events.Envelope;
import io.farandole.events.TrainingEvent;
import io.farandole.events.TrainingEvent.DatasetReady;
import java.util.List;

/** Where a run's candidates are trained: on this machine, or by jobs of Vertex AI. */
interface Trainings {

    /**
     * Returns when all are trained.
     *
     * @param envelope who said that the data set is ready, and because of what
     * @return what is to be said then; nothing where the trainings say it themselves
     * @throws io.farandole.processors.steps.GivenUp if one of them never will be
     * @throws Exception if one of them was not, and may be another time
     */
    List<TrainingEvent> train(DatasetReady ready, Envelope envelope) throws Exception;

    /** Ends what is still under way for a run that has ended; may be asked more than once. */
    void end(DatasetReady ready);
}
