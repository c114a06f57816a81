package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.console.Console;
import io.farandole.local.inspecting.ModelLedger;
import io.farandole.local.inspecting.ModelLine;
import io.farandole.local.inspecting.Tables;
import io.farandole.local.running.DataDirectory;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists models. */
@Command(
        name = "list",
        description =
                "List releases, the newest first, with the share of the users that each is served"
                        + " to; then candidates that were not released.",
        exitCodeList = {"0:listed", "4:nothing is running"},
        footer = {"  farandole models list", "  farandole models list --json"})
final class ModelsListCommand extends Subcommand {

    @Override
    ExitCode run() {
        return show(shared());
    }

    static ExitCode show(SharedOptions shared) {
        Console console = shared.console();
        DataDirectory directory = shared.running().directory();
        try (Tables tables = Tables.in(directory)) {
            List<ModelLine> all = new ModelLedger(tables, directory.objects()).all();
            if (all.isEmpty()) {
                console.say("No model yet. Ask for one with: farandole request-training");
            } else {
                ModelLedger.say(all, console);
            }
            console.result(all);
            return ExitCode.OK;
        }
    }
}
