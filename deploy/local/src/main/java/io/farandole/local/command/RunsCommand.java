package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.console.Console;
import io.farandole.local.inspecting.RunLedger;
import io.farandole.local.inspecting.Tables;
import io.farandole.orchestrator.runs.RunSummary;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists the runs: the lives of models. */
@Command(
        name = "runs",
        description = {
            "List the runs, the last first: state, model, how long it took, which step it awaits.",
            "A run is STALLED while a step whose turn it is says nothing for longer than its"
                    + " deadline, farandole.orchestrator.runs.deadlines.STEP; it goes on by itself"
                    + " when the step is back. A deadline that was given to up in the environment"
                    + " is to be given here too."
        },
        exitCodeList = {"0:listed", "4:nothing is running"},
        footer = {"  farandole runs", "  farandole runs --json", "  farandole runs show RUN"},
        subcommands = RunsShowCommand.class)
final class RunsCommand extends Subcommand {

    @Override
    ExitCode run() {
        Console console = shared().console();
        try (Tables tables = Tables.in(shared().running().directory())) {
            List<RunSummary> runs = RunLedger.in(tables).list();
            if (runs.isEmpty()) {
                console.say("No run yet. Ask for one with: farandole request-training");
            } else {
                RunLedger.say(runs, console);
            }
            console.result(runs);
            return ExitCode.OK;
        }
    }
}
