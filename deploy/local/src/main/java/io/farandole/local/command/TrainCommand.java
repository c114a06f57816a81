package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.console.Console;
import io.farandole.local.offline.Chosen;
import io.farandole.local.offline.Offline;
import io.farandole.local.offline.PeakMemory;
import io.farandole.local.offline.TimeBudget;
import io.farandole.recommenders.dataset.FileShape;
import io.farandole.recommenders.model.Description;
import io.farandole.recommenders.model.ModelDirectory;
import io.farandole.recommenders.model.ModelSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains a model of a file, with nothing running. */
@Command(
        name = "train",
        description = {
            "Train a model of a file of interactions, and write it to a directory of its own.",
            "A line is user, item and, if there is more, value and timestamp, parted by tabs or"
                    + " commas, below a header or not; or a user with all items. Nothing needs to run."
        },
        exitCodeList = {
            "0:the model is in its directory",
            "1:the file is malformed, the model does not fit in memory, its time was up, or the"
                    + " directory holds something else; nothing was written"
        },
        footer = {
            "  farandole train --events data/ml-latest-small/ratings.csv --out model",
            "  farandole train --events acts.tsv --out model --model ease:lambda=500 --budget 10m",
            "  farandole train --events acts.tsv --items items.csv --out model"
        })
final class TrainCommand extends Subcommand {

    @Option(
            names = "--events",
            paramLabel = "FILE",
            required = true,
            description = "What to learn from.")
    private Path events = Path.of("");

    @Option(
            names = "--items",
            paramLabel = "FILE",
            description = {
                "What is known of items: a line each, the id first, below a header that names the",
                "columns (categories, tags parted by |, texts). Items that nobody met get scores"
                        + " by",
                "what is like them, auto tries contents too, and similar items are filled up."
            })
    private @Nullable Path items;

    @Option(
            names = "--format-in",
            paramLabel = "SHAPE",
            defaultValue = "found",
            description = {
                "columns: an interaction a line; lists: one line a user, user item item ...;",
                "sequences: the same, the oldest first; found: by looking (default)."
            })
    private FileShape shape = FileShape.FOUND;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "Where the model goes; a model that is there is replaced.")
    private Path out = Path.of("");

    @Option(
            names = "--model",
            paramLabel = "SPEC",
            defaultValue = ModelText.AUTO,
            converter = ModelText.class,
            description = ModelText.DESCRIPTION)
    private ModelSpec model = new ModelSpec.Auto();

    @Option(
            names = "--budget",
            paramLabel = "DURATION",
            converter = BudgetText.class,
            defaultValue = "10m",
            description =
                    "The longest it may take, such as 90s, 10m or 2h; auto tries as much as it"
                            + " allows (default: ${DEFAULT-VALUE}).")
    private TimeBudget budget = TimeBudget.UNLIMITED;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Of models that draw lots (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--check",
            description =
                    "Train what was chosen once more, and fail if it is not the same to the bit.")
    private boolean check;

    @Override
    ExitCode run() throws Exception {
        Console console = shared().console();
        try {
            new ModelDirectory(out).checkReplaceable();
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, e.getMessage() + ". Nothing was done.", e);
        }
        Offline.Made result =
                Offline.train(
                        model,
                        events,
                        Offline.facts(items),
                        shape,
                        out,
                        seed,
                        budget,
                        check,
                        console);
        Description made = result.model();
        if (result.choice() != null) {
            new Chosen(result.choice()).say(console);
        }
        console.say(
                String.format(
                        Locale.ROOT,
                        "%s of %,d interactions, %,d users, %,d items (%,d with weights) in %.1f s",
                        made.spec(),
                        made.interactions(),
                        made.users(),
                        made.items(),
                        made.weights(),
                        made.seconds()));
        console.say("Model " + made.checksum() + " in " + out);
        result.sameness().say(console);
        console.say("Peak memory: " + PeakMemory.now().words());
        console.result(made);
        return ExitCode.OK;
    }
}
