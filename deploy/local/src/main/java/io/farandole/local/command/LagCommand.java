package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.console.Console;
import io.farandole.local.inspecting.Lags;
import picocli.CommandLine.Command;

/** Says how far each processor is behind. */
@Command(
        name = "lag",
        description = {
            "Say for each processor and topic how many messages of its subscription are not"
                    + " acknowledged and for how long the oldest of them has been published (both by the"
                    + " broker), and how long events took from publication to commit.",
            "p50 and p99 are of the last minutes, the mean is of all since the start."
        },
        exitCodeList = {"0:told", "1:it cannot be asked", "4:nothing is running"},
        footer = {"  farandole lag", "  farandole lag --json"})
final class LagCommand extends Subcommand {

    @Override
    ExitCode run() {
        Console console = shared().console();
        Lags lags = Lags.of(shared().running());
        console.say(lags.table());
        console.result(lags.all());
        return ExitCode.OK;
    }
}
