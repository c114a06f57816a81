package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.console.Console;
import io.farandole.local.console.Table;
import io.farandole.local.inspecting.Generational;
import io.farandole.local.inspecting.Generational.Listed;
import io.farandole.local.inspecting.Replaying;
import io.farandole.streams.batch.ComparingGenerations.Comparison;
import io.farandole.streams.batch.ComparingGenerations.StoreComparison;
import io.farandole.streams.batch.KeptComparison;
import io.farandole.streams.batch.Made;
import io.farandole.streams.batch.SwitchMade;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists generations. */
@Command(
        name = "list",
        description = {
            "List each processor's generations: phase, since when, what they have heard, and hashes of"
                    + " the description and of the folds' class files with which they were made, and"
                    + " from where to where they have read the archive. What came into SHADOW is compared"
                    + " with what serves, and again before a switch: what was found last is told, and each"
                    + " switch, with who asked for it and what they let differ."
        },
        exitCodeList = {"0:listed", "1:there is no such processor", "4:nothing is running"},
        footer = {"  farandole generations list", "  farandole generations list popularity"})
final class GenerationsListCommand extends GenerationsSubcommand {

    @Parameters(
            paramLabel = "PROCESSOR",
            arity = "0..1",
            description = "Only this one's; without, all.")
    private @Nullable String processor;

    @Override
    ExitCode run(Console console, Generational generations, Replaying replaying) {
        return show(console, generations, processor);
    }

    static ExitCode show(Console console, Generational generations, @Nullable String processor) {
        List<Listed> all = generations.list(processor);
        say(console, all);
        console.result(all);
        return ExitCode.OK;
    }

    static void say(Console console, List<Listed> all) {
        Table table =
                new Table(
                        "processor",
                        "generation",
                        "phase",
                        "fed",
                        "since",
                        "heard",
                        "description",
                        "code",
                        "archive");
        all.forEach(
                listed ->
                        table.row(
                                listed.processor(),
                                listed.generation(),
                                listed.phase(),
                                listed.fed() ? "yes" : "no",
                                listed.since(),
                                listed.heard(),
                                known(listed.made().description()),
                                known(listed.made().code()),
                                archive(listed.made())));
        console.say(table);
        all.forEach(listed -> sayHistory(console, listed));
    }

    /** What was found when it was compared, and who switched to it. */
    private static void sayHistory(Console console, Listed listed) {
        listed.made()
                .lookedUp()
                .forEach(
                        (name, state) ->
                                console.say(
                                        "%s: generation %d was completed with %s as of %s."
                                                .formatted(
                                                        listed.processor(),
                                                        listed.generation(),
                                                        name,
                                                        state)));
        sayCompared(console, listed);
        for (SwitchMade made : listed.switches()) {
            console.say(
                    "%s: switched from %d to %d at %s by %s, who let %,d events be behind, %,d lost%s."
                            .formatted(
                                    listed.processor(),
                                    made.from(),
                                    made.to(),
                                    made.at(),
                                    made.by(),
                                    made.mostBehind(),
                                    made.mostLost(),
                                    differing(made)));
        }
    }

    /** What was found when it was compared last, if it was. */
    static void sayCompared(Console console, Listed listed) {
        KeptComparison compared = listed.compared();
        if (compared != null) {
            Comparison found = compared.found();
            console.say(
                    "%s %d, compared with %d at %s: %,d of %,d keys differ%s; %,d events behind, %,d ahead."
                            .formatted(
                                    listed.processor(),
                                    listed.generation(),
                                    found.left(),
                                    compared.at(),
                                    found.unequal(),
                                    found.stores().stream().mapToLong(StoreComparison::keys).sum(),
                                    inCommon(found),
                                    found.behind(),
                                    found.ahead()));
        }
    }

    private static String inCommon(Comparison found) {
        return found.stores().stream()
                .filter(store -> store.overlap() != null)
                .map(
                        store ->
                                ", top %d of %s in common: %s"
                                        .formatted(
                                                found.top(),
                                                store.store(),
                                                GenerationsDiffCommand.overlap(store.overlap())))
                .collect(Collectors.joining());
    }

    private static String differing(SwitchMade made) {
        return made.differing() == null || made.mostDiffering() == null
                ? "; nothing was compared"
                : " and %,d keys differ: %,d did".formatted(made.mostDiffering(), made.differing());
    }

    static String known(@Nullable String hash) {
        return hash == null ? "unknown" : hash;
    }

    static String archive(Made made) {
        return made.first() == null ? "none" : made.first() + " to " + made.last();
    }
}
