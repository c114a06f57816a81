package io.farandole.local.offline;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.console.Console;
import io.farandole.local.console.Progress;
import io.farandole.recommenders.dataset.Fingerprint;
import io.farandole.recommenders.dataset.Interaction;
import io.farandole.recommenders.dataset.ItemFacts;
import io.farandole.recommenders.model.ModelSpec;
import io.farandole.recommenders.model.TrainedModel;
import io.farandole.recommenders.training.MemoryBudget;
import io.farandole.recommenders.training.TooLarge;
import io.farandole.recommenders.training.Training;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** A model trained here and now, and how long that took. */
record Trained(TrainedModel model, double seconds) {

    private static final long MOST_MEMORY = 8L << 30;

    /**
     * @throws Failure if it does not fit in memory
     */
    static Trained now(
            ModelSpec spec,
            List<Interaction> interactions,
            ItemFacts facts,
            long seed,
            Console console) {
        long start = System.nanoTime();
        AtomicReference<String> step = new AtomicReference<>("fingerprint");
        try (Progress _ = console.progress(_ -> spec.text() + ": " + step.get())) {
            TrainedModel model =
                    Training.train(
                            spec,
                            interactions,
                            facts,
                            Fingerprint.of(interactions),
                            seed,
                            (what, _, _) -> step.set(what),
                            memory());
            step.set("trained");
            return new Trained(model, (System.nanoTime() - start) / 1e9);
        } catch (TooLarge e) {
            throw new Failure(
                    ExitCode.FAILED,
                    e.getMessage()
                            + ". A higher support= of ease keeps more items out of the matrix;"
                            + " item-knn needs less.",
                    e);
        }
    }

    /** Of this process, and no more than a laptop has. */
    static MemoryBudget memory() {
        return MemoryBudget.ofThisProcess(MOST_MEMORY);
    }
}
