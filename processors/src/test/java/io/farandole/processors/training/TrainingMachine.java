package io.farandole.processors.training;

import java.util.List;
import java.util.Map;

/** A machine of Vertex AI: runs the job's program, here without a container. */
public final class TrainingMachine {

    private TrainingMachine() {}

    /** Returns its exit code. */
    public static int run(
            List<String> command, List<String> arguments, Map<String, String> environment) {
        if (!command.getLast().equals(TrainingJob.class.getName())) {
            throw new IllegalArgumentException("a training was expected, not " + command);
        }
        return TrainingJob.run(arguments.toArray(String[]::new), environment, System.err);
    }
}
