package io.farandole.local.inspecting;

import io.farandole.events.RunId;
import io.farandole.local.running.RunningInstance;
import io.farandole.orchestrator.training.RequestingTraining;
import java.time.Clock;
import java.util.List;

/** Asks, from another process, for a model. */
public final class AskingForTraining {

    private AskingForTraining() {}

    /**
     * Returns the new run when the broker has acknowledged the request.
     *
     * @param candidates specifications of the models to try; none means the configured ones
     */
    public static RunId on(RunningInstance running, List<String> candidates) {
        return new RequestingTraining(Publishing.on(running), Clock.systemUTC())
                .request("operator", candidates);
    }
}
