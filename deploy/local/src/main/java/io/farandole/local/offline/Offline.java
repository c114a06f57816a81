package io.farandole.local.offline;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.console.Console;
import io.farandole.recommenders.dataset.FileShape;
import io.farandole.recommenders.dataset.Interaction;
import io.farandole.recommenders.dataset.InteractionFile;
import io.farandole.recommenders.dataset.ItemFacts;
import io.farandole.recommenders.dataset.ItemFile;
import io.farandole.recommenders.dataset.UnreadableInteractions;
import io.farandole.recommenders.evaluation.Types;
import io.farandole.recommenders.model.Choice;
import io.farandole.recommenders.model.Description;
import io.farandole.recommenders.model.ModelDirectory;
import io.farandole.recommenders.model.ModelSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    /** What is known of items; nothing if there is no file. */
    public static ItemFacts facts(@Nullable Path file) {
        if (file == null) {
            return ItemFacts.NONE;
        }
        try {
            return new ItemFile(file).read();
        } catch (UnreadableInteractions e) {
            throw new Failure(ExitCode.FAILED, e.getMessage() + ". Nothing was done.", e);
        }
    }

    /** The types of items: lines of {@code item<TAB>type}. */
    public static Types types(Path file) {
        Map<String, String> types = new HashMap<>();
        try {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                int tab = line.indexOf('\t');
                if (tab < 1 || tab == line.length() - 1) {
                    throw new Failure(
                            ExitCode.FAILED,
                            file + ":" + number + ": no item<TAB>type. Nothing was done.");
                }
                types.put(line.substring(0, tab), line.substring(tab + 1));
            }
            return new Types(types);
        } catch (NoSuchFileException e) {
            throw new Failure(ExitCode.FAILED, file + ": there is no such file.", e);
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILED, file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /** What was made, and how it was chosen, if it was. */
    public record Made(Description model, @Nullable Choice choice, Sameness sameness) {}

    /**
     * Trains within its time, then writes the model's directory.
     *
     * @param check whether to train once more, to see whether it is the same to the bit
     * @throws Failure among others if it is not; nothing is written then
     */
    public static Made train(
            ModelSpec spec,
            Path events,
            ItemFacts facts,
            FileShape shape,
            Path out,
            long seed,
            TimeBudget budget,
            boolean check,
            Console console)
            throws Exception {
        record Work(Trained trained, @Nullable Choice choice, List<Interaction> from) {}

        Work work =
                budget.within(
                        "Training " + spec.text(),
                        () -> {
                            long start = System.nanoTime();
                            List<Interaction> interactions = read(events, shape);
                            Choice choice =
                                    spec instanceof ModelSpec.Auto
                                            ? Chosen.now(
                                                    interactions,
                                                    facts,
                                                    seed,
                                                    budget,
                                                    start,
                                                    console)
                                            : null;
                            ModelSpec chosen =
                                    choice == null ? spec : ModelSpec.parse(choice.spec());
                            Trained trained =
                                    Trained.now(chosen, interactions, facts, seed, console);
                            if (check) {
                                Sameness.check(
                                        trained,
                                        Trained.now(chosen, interactions, facts, seed, console));
                            }
                            return new Work(trained, choice, interactions);
                        });
        Description made = work.trained.model().description();
        Sameness sameness = Sameness.of(made, out, check);
        try {
            new ModelDirectory(out).write(work.trained.model(), work.from, work.choice);
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, out + " cannot be written: " + e.getMessage(), e);
        }
        return new Made(made, work.choice, sameness);
    }
}
