package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.console.Console;
import io.farandole.local.inspecting.Generational;
import io.farandole.local.inspecting.Replaying;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Switches to a generation. */
@Command(
        name = "activate",
        description = {
            "Make a generation the active one, in one transaction; nothing is restarted.",
            "The former one is retired and fed on, silently, until it is dropped.",
            "Both are compared first: a rebuild that holds something else is refused, unless that is"
                    + " allowed. What was found, who switched and what they allowed is kept, and shown by"
                    + " 'farandole generations list'."
        },
        exitCodeList = {"0:switched", "1:refused; the line says why", "4:nothing is running"},
        footer = {
            "  farandole generations activate popularity 2",
            "  farandole generations activate popularity 2 --dry-run",
            "  farandole generations activate popularity 2 --max-differing 40"
        })
final class GenerationsActivateCommand extends GenerationsSubcommand {

    @Parameters(index = "0", paramLabel = "PROCESSOR", description = "Whose generation.")
    private String processor = "";

    @Parameters(index = "1", paramLabel = "N", description = "Its number.")
    private int number;

    @Option(
            names = "--max-differing",
            paramLabel = "KEYS",
            description = {
                "How many keys of all its stores may be different, missing or added (default: 0).",
                "Another rule, erased users and events on their way make some."
            })
    private long mostDiffering;

    @Mixin private final SwitchOptions options = new SwitchOptions();

    @Override
    ExitCode run(Console console, Generational generations, Replaying replaying) {
        options.say(
                console,
                processor,
                generations.activate(
                        processor,
                        number,
                        options.allowed(),
                        options.by(),
                        mostDiffering,
                        options.dryRun()));
        return ExitCode.OK;
    }
}
