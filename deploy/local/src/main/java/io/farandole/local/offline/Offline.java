package io.farandole.local.offline;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.console.Console;
import io.farandole.recommenders.dataset.FileShape;
import io.farandole.recommenders.dataset.Interaction;
import io.farandole.recommenders.dataset.InteractionFile;
import io.farandole.recommenders.dataset.UnreadableInteractions;
import io.farandole.recommenders.model.Description;
import io.farandole.recommenders.model.ModelDirectory;
import io.farandole.recommenders.model.ModelSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Files to interactions and models; what is wrong with them ends the command in one line. */
public final class Offline {

    private Offline() {}

    public static List<Interaction> read(Path file, FileShape shape) {
        try {
            List<Interaction> interactions = new InteractionFile(file, shape).read();
            if (interactions.isEmpty()) {
                throw new Failure(ExitCode.FAILED, file + " has no interactions in it.");
            }
            return interactions;
        } catch (UnreadableInteractions e) {
            throw new Failure(ExitCode.FAILED, e.getMessage() + ". Nothing was done.", e);
        }
    }

    /** Trains within its time, then writes the model's directory. */
    public static Description train(
            ModelSpec spec,
            Path events,
            FileShape shape,
            Path out,
            long seed,
            TimeBudget budget,
            Console console)
            throws Exception {
        record Made(Trained trained, List<Interaction> from) {}

        Made made =
                budget.within(
                        "Training " + spec.text(),
                        () -> {
                            List<Interaction> interactions = read(events, shape);
                            return new Made(
                                    Trained.now(spec, interactions, seed, console), interactions);
                        });
        try {
            new ModelDirectory(out).write(made.trained.model(), made.from);
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, out + " cannot be written: " + e.getMessage(), e);
        }
        return made.trained.model().description();
    }
}
