package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.console.Console;
import io.farandole.local.inspecting.Generational;
import io.farandole.local.inspecting.Replaying;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Goes back to the generation before. */
@Command(
        name = "rollback",
        description = "Make the generation that was active before the active one again.",
        exitCodeList = {"0:switched", "1:refused; the line says why", "4:nothing is running"},
        footer = {
            "  farandole generations rollback popularity",
            "  farandole generations rollback popularity --dry-run"
        })
final class GenerationsRollbackCommand extends GenerationsSubcommand {

    @Parameters(paramLabel = "PROCESSOR", description = "Whose generation.")
    private String processor = "";

    @Mixin private final SwitchOptions options = new SwitchOptions();

    @Override
    ExitCode run(Console console, Generational generations, Replaying replaying) {
        options.say(
                console,
                processor,
                generations.rollBack(processor, options.allowed(), options.by(), options.dryRun()));
        return ExitCode.OK;
    }
}
