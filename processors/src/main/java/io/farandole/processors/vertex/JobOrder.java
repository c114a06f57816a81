package io.farandole.processors.vertex;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A program that is to be run once.
 *
 * @param run what for
 * @param candidate which of the run's, from 1; a run and a number have one job, ever
 * @param program a main class of the image's class path
 * @param longest it is ended by Vertex AI when it has run for so long
 */
public record JobOrder(
        String run,
        int candidate,
        String program,
        List<String> arguments,
        Map<String, String> environment,
        Duration longest) {

    public JobOrder {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }
}
