package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.console.Console;
import io.farandole.local.console.Table;
import io.farandole.local.inspecting.Generational;
import io.farandole.local.inspecting.Generational.Listed;
import io.farandole.local.inspecting.Replaying;
import io.farandole.streams.batch.Made;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists generations. */
@Command(
        name = "list",
        description = {
            "List each processor's generations: phase, since when, what they have heard, and hashes of"
                    + " the description and of the folds' class files with which they were made, and"
                    + " from where to where they have read the archive."
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
        console.result(all);
        return ExitCode.OK;
    }

    static String known(@Nullable String hash) {
        return hash == null ? "unknown" : hash;
    }

    static String archive(Made made) {
        return made.first() == null ? "none" : made.first() + " to " + made.last();
    }
}
