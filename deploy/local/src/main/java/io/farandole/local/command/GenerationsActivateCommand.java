package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.console.Console;
import io.farandole.local.inspecting.Generational;
import io.farandole.local.inspecting.Replaying;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Switches to a generation. */
@Command(
        name = "activate",
        description = {
            "Make a generation the active one, in one transaction; nothing is restarted.",
            "The former one is retired and fed on, silently, until it is dropped."
        },
        exitCodeList = {"0:switched", "1:refused; the line says why", "4:nothing is running"},
        footer = {
            "  farandole generations activate popularity 2",
            "  farandole generations activate popularity 2 --dry-run"
        })
final class GenerationsActivateCommand extends GenerationsSubcommand {

    @Parameters(index = "0", paramLabel = "PROCESSOR", description = "Whose generation.")
    private String processor = "";

    @Parameters(index = "1", paramLabel = "N", description = "Its number.")
    private int number;

    @Mixin private final SwitchOptions options = new SwitchOptions();

    @Override
    ExitCode run(Console console, Generational generations, Replaying replaying) {
        options.say(
                console,
                processor,
                generations.activate(processor, number, options.allowed(), options.dryRun()));
        return ExitCode.OK;
    }
}
