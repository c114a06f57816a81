package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.console.Console;
import io.farandole.local.console.Table;
import io.farandole.local.inspecting.Generational;
import io.farandole.local.inspecting.Replaying;
import io.farandole.streams.batch.ComparingGenerations;
import io.farandole.streams.batch.ComparingGenerations.Comparison;
import io.farandole.streams.batch.ComparingGenerations.Difference;
import io.farandole.streams.batch.ComparingGenerations.Overlap;
import io.farandole.streams.batch.ComparingGenerations.StoreComparison;
import io.farandole.streams.batch.Made;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares two generations. */
@Command(
        name = "diff",
        description = {
            "Compare two generations of a processor, key by key: by default the active one and the"
                    + " newest other.",
            "Events that one has heard and the other has not yet show as differences: wait for rest."
        },
        exitCodeList = {"0:they hold the same", "1:they differ", "4:nothing is running"},
        footer = {
            "  farandole generations diff popularity",
            "  farandole generations diff popularity --from 1 --to 2 --show 20 --json"
        })
final class GenerationsDiffCommand extends GenerationsSubcommand {

    private static final int LONGEST = 300;

    @Parameters(paramLabel = "PROCESSOR", description = "Whose generations.")
    private String processor = "";

    @Option(names = "--from", paramLabel = "N", description = "One generation.")
    private @Nullable Integer from;

    @Option(names = "--to", paramLabel = "N", description = "The other one.")
    private @Nullable Integer to;

    @Option(
            names = "--show",
            paramLabel = "N",
            description = "How many differing keys of each store are shown (default: 5).")
    private int show = 5;

    @Option(
            names = "--top",
            paramLabel = "N",
            description =
                    "How many of the best of each list are looked at for what is in common"
                            + " (default: 10).")
    private int top = ComparingGenerations.TOP;

    @Override
    ExitCode run(Console console, Generational generations, Replaying replaying) {
        if (top < 1) {
            throw new Failure(ExitCode.FAILED, "--top is 1 at least.");
        }
        Comparison comparison = generations.compare(processor, from, to, top, show);
        say(console, comparison);
        console.result(comparison);
        return comparison.isSame() ? ExitCode.OK : ExitCode.FAILED;
    }

    static void say(Console console, Comparison comparison) {
        Table table =
                new Table(
                        "store",
                        "rows of " + comparison.left(),
                        "rows of " + comparison.right(),
                        "equal",
                        "different",
                        "missing",
                        "added",
                        "top " + comparison.top() + " in common");
        for (StoreComparison store : comparison.stores()) {
            table.row(
                    store.store(),
                    store.left(),
                    store.right(),
                    store.equal(),
                    store.differing(),
                    store.missing(),
                    store.added(),
                    overlap(store.overlap()));
        }
        console.say(table);
        for (StoreComparison store : comparison.stores()) {
            for (Difference difference : store.examples()) {
                console.say("  " + store.store() + " " + difference.key());
                console.say("    " + comparison.left() + ": " + cut(difference.left()));
                console.say("    " + comparison.right() + ": " + cut(difference.right()));
            }
        }
        if (comparison.behind() > 0 || comparison.ahead() > 0) {
            console.say(
                    "Generation %d has not heard %,d events that %d has, and %,d the other way; %,d of the first are not on their way any more."
                            .formatted(
                                    comparison.right(),
                                    comparison.behind(),
                                    comparison.left(),
                                    comparison.ahead(),
                                    comparison.lost()));
        }
        if (comparison.withheld() > 0) {
            console.say(
                    "%,d events of users who asked to be forgotten were left out of generation %d."
                            .formatted(comparison.withheld(), comparison.right()));
        }
        sayMade(
                console,
                comparison,
                "Description",
                made -> GenerationsListCommand.known(made.description()));
        sayMade(console, comparison, "Code", made -> GenerationsListCommand.known(made.code()));
        sayMade(console, comparison, "Read of the archive", GenerationsListCommand::archive);
        console.say(
                "Checksums: %d %s, %d %s: %s."
                        .formatted(
                                comparison.left(),
                                comparison.leftChecksum(),
                                comparison.right(),
                                comparison.rightChecksum(),
                                comparison.isSame() ? "the same" : "different"));
    }

    /** In what they were made differently. */
    private static void sayMade(
            Console console, Comparison comparison, String what, Function<Made, String> part) {
        String left = part.apply(comparison.leftMade());
        String right = part.apply(comparison.rightMade());
        if (!left.equals(right)) {
            console.say(
                    "%s: %d %s, %d %s."
                            .formatted(what, comparison.left(), left, comparison.right(), right));
        }
    }

    static String overlap(@Nullable Overlap overlap) {
        return overlap == null
                ? ""
                : String.format(
                        Locale.ROOT, "%.1f %% of %,d keys", overlap.mean() * 100, overlap.keys());
    }

    private static String cut(@Nullable String value) {
        if (value == null) {
            return "no row";
        }
        return value.length() <= LONGEST ? value : value.substring(0, LONGEST) + " …";
    }
}
