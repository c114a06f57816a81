package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.console.Console;
import io.farandole.local.inspecting.Generational;
import io.farandole.local.inspecting.Replaying;
import picocli.CommandLine.Command;

/** The generations of the processors' states. */
@Command(
        name = "generations",
        description = {
            "List, compare, switch and drop generations of processors' states. Without a"
                    + " subcommand: the list.",
            "What was retired is fed on, silently, so that going back misses nothing: drop it when it"
                    + " is not needed any more."
        },
        exitCodeList = {"0:shown", "4:nothing is running"},
        footer = {
            "  farandole generations",
            "  farandole generations diff popularity",
            "  farandole generations activate popularity 2",
            "  farandole generations rollback popularity",
            "  farandole generations drop popularity 1"
        },
        subcommands = {
            GenerationsListCommand.class,
            GenerationsDiffCommand.class,
            GenerationsActivateCommand.class,
            GenerationsRollbackCommand.class,
            GenerationsDropCommand.class
        })
final class GenerationsCommand extends GenerationsSubcommand {

    @Override
    ExitCode run(Console console, Generational generations, Replaying replaying) {
        return GenerationsListCommand.show(console, generations, null);
    }
}
