package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.console.Console;
import io.farandole.local.inspecting.ProcessorStates;
import io.farandole.local.inspecting.Tables;
import io.farandole.local.running.RunningInstance;
import picocli.CommandLine.Command;

/** Says how each processor is. */
@Command(
        name = "processors",
        description = {
            "Say of each processor its active generation, the state of its subscriptions, how many"
                    + " events it applied, how many wait, the dead letters that are open, and how many"
                    + " messages are not acknowledged yet.",
            "What it reads and says is in: farandole topology"
        },
        exitCodeList = {
            "0:all of them are well",
            "1:some are not, or it cannot be asked",
            "4:nothing is running"
        },
        footer = {"  farandole processors", "  farandole processors --json"})
final class ProcessorsCommand extends Subcommand {

    @Override
    ExitCode run() {
        Console console = shared().console();
        RunningInstance running = shared().running();
        try (Tables tables = Tables.in(running.directory())) {
            ProcessorStates states = ProcessorStates.of(running, tables);
            console.say(states.table());
            states.all().stream()
                    .flatMap(state -> state.troubles().entrySet().stream())
                    .forEach(
                            trouble ->
                                    console.say(
                                            "  " + trouble.getKey() + ": " + trouble.getValue()));
            console.result(states.all());
            return states.areWell() ? ExitCode.OK : ExitCode.FAILED;
        }
    }
}
