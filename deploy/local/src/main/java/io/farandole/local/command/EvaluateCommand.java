package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.console.Console;
import io.farandole.local.offline.Comparing;
import io.farandole.local.offline.Comparison;
import io.farandole.local.offline.ComparisonWords;
import io.farandole.local.offline.Offline;
import io.farandole.local.offline.PeakMemory;
import io.farandole.local.offline.TimeBudget;
import io.farandole.recommenders.dataset.FileShape;
import io.farandole.recommenders.dataset.Interaction;
import io.farandole.recommenders.dataset.Split;
import io.farandole.recommenders.dataset.Splitting;
import io.farandole.recommenders.evaluation.HeldOut.Relevant;
import io.farandole.recommenders.evaluation.Types;
import io.farandole.recommenders.model.ModelSpec;
import io.farandole.recommenders.shapes.MakingUp;
import io.farandole.recommenders.shapes.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Compares a model with popularity and neighbours on what was held out. */
@Command(
        name = "evaluate",
        description = {
            "Train a model, popularity and item-kNN on one part of the interactions, rank all"
                    + " items for each user, and compare with the other part.",
            "Intervals are by bootstrap over the users, differences are paired. Test items that"
                    + " nobody met before stay in the test: no model can find them."
        },
        exitCodeList = {
            "0:with --events: the model is better than popularity beyond chance; else: compared",
            "1:with --events: it is not (each user's split decides, if it is there); or a file is"
                    + " malformed, or a model does not fit in memory"
        },
        footer = {
            "  farandole evaluate --events data/ml-latest-small/ratings.csv --split both",
            "  farandole evaluate --events data/ml-latest-small/ratings.csv --model auto --all",
            "  farandole evaluate --made-up checkins/4 --model auto --all",
            "  farandole evaluate --events acts.tsv --types subcategories.tsv",
            "  farandole evaluate --train train.tsv --test test.tsv --k 10,20 --json"
        })
final class EvaluateCommand extends Subcommand {

    /** How to hold out the last fifth. */
    enum SplitBy {
        USER,
        GLOBAL,
        BOTH
    }

    static final class Parts {
        @Option(
                names = "--train",
                paramLabel = "FILE",
                required = true,
                description = "What to learn from.")
        private Path train = Path.of("");

        @Option(
                names = "--test",
                paramLabel = "FILE",
                required = true,
                description = "What to foretell.")
        private Path test = Path.of("");
    }

    static final class Whole {
        @Option(
                names = "--events",
                paramLabel = "FILE",
                required = true,
                description = "Both in one, to be split in time.")
        private Path events = Path.of("");

        @Option(
                names = "--split",
                paramLabel = "HOW",
                defaultValue = "both",
                description = {
                    "user: each user's last fifth is held out.",
                    "global: the last fifth of all, for users who were there before.",
                    "both (default): one after the other."
                })
        private SplitBy split = SplitBy.BOTH;
    }

    static final class Source {
        @Option(
                names = "--made-up",
                paramLabel = "SHAPE",
                converter = ShapeText.class,
                description = {
                    "Interactions that are made up, of the shape of a public data set: checkins,",
                    "reviews, largest, films, news or purchases; checkins/4: a quarter of it."
                })
        private @Nullable Shape madeUp;

        @ArgGroup(exclusive = false)
        private @Nullable Parts parts;

        @ArgGroup(exclusive = false)
        private @Nullable Whole whole;
    }

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

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
            names = "--model",
            paramLabel = "SPEC",
            defaultValue = ModelText.USUAL,
            converter = ModelText.class,
            description = ModelText.DESCRIPTION)
    private ModelSpec model = ModelSpec.Ease.USUAL;

    @Option(
            names = "--k",
            paramLabel = "N",
            split = ",",
            defaultValue = "10,20",
            converter = Length.class,
            description = "Lengths of the lists, the first decides (default: ${DEFAULT-VALUE}).")
    private List<Integer> lengths = new ArrayList<>();

    @Option(
            names = "--relevant",
            paramLabel = "WHAT",
            defaultValue = "all",
            description = {
                "all: whatever the user turned to later (default).",
                "liked: what the user liked of it."
            })
    private Relevant relevant = Relevant.ALL;

    @Option(
            names = "--budget",
            paramLabel = "DURATION",
            converter = BudgetText.class,
            defaultValue = "10m",
            description = "Of auto, on each part to learn from (default: ${DEFAULT-VALUE}).")
    private TimeBudget budget = TimeBudget.UNLIMITED;

    @Option(names = "--all", description = "With every family beside, as their papers have them.")
    private boolean all;

    @Option(
            names = "--types",
            paramLabel = "FILE",
            description = {
                "Lines of item<TAB>type, such as a category: diversity, unexpectedness, new types",
                "and serendipity are measured, and each of the ten largest types apart."
            })
    private @Nullable Path types;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Of models and intervals (default: ${DEFAULT-VALUE}).")
    private long seed;

    /** What is printed with --json. */
    private record Document(List<Comparison> comparisons, long peakMemoryBytes) {}

    @Override
    ExitCode run() throws Exception {
        Console console = shared().console();
        List<Comparison> comparisons =
                TimeBudget.UNLIMITED.within("Evaluating", () -> compare(console));
        console.say("");
        console.say("Peak memory of all this: " + PeakMemory.now().words());
        console.result(new Document(comparisons, PeakMemory.now().bytes()));
        if (source.whole == null) {
            return ExitCode.OK;
        }
        boolean better = comparisons.getFirst().abovePopularity().isBetter();
        console.say("");
        console.say(
                model.text()
                        + (better ? " is better" : " is NOT better")
                        + " than popularity beyond chance ("
                        + comparisons.getFirst().split()
                        + ").");
        return better ? ExitCode.OK : ExitCode.FAILED;
    }

    private List<Comparison> compare(Console console) {
        Comparing comparing =
                new Comparing(
                        model,
                        lengths,
                        relevant,
                        Offline.facts(items),
                        types == null ? Types.NONE : Offline.types(types),
                        seed,
                        budget,
                        all,
                        console);
        List<Comparison> comparisons = new ArrayList<>();
        if (source.madeUp != null) {
            comparisons.add(
                    comparing.on(
                            "Made up, of the shape " + source.madeUp.name(),
                            MakingUp.split(source.madeUp, seed)));
        }
        if (source.parts != null) {
            Split split =
                    new Split(
                            Offline.read(source.parts.train, shape),
                            Offline.read(source.parts.test, shape));
            comparisons.add(comparing.on("The two files", split));
        }
        if (source.whole != null) {
            List<Interaction> events = Offline.read(source.whole.events, shape);
            if (source.whole.split != SplitBy.GLOBAL) {
                comparisons.add(
                        comparing.on("Each user's last fifth held out", Splitting.perUser(events)));
            }
            if (source.whole.split != SplitBy.USER) {
                comparisons.add(
                        comparing.on(
                                "The last fifth of all held out, warm users",
                                Splitting.global(events)));
            }
        }
        comparisons.forEach(
                comparison -> new ComparisonWords(comparison, comparing.lengths()).say(console));
        return comparisons;
    }

    private static final class Length implements ITypeConverter<Integer> {

        @Override
        public Integer convert(String value) {
            try {
                int length = Integer.parseInt(value.strip());
                if (length >= 1) {
                    return length;
                }
            } catch (NumberFormatException _) {
                // Said below.
            }
            throw new TypeConversionException("'" + value + "' is no whole number from 1 on");
        }
    }
}
