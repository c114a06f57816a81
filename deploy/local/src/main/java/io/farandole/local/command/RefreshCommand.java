package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.console.Console;
import io.farandole.local.console.Progress;
import io.farandole.local.inspecting.Refreshing;
import io.farandole.local.inspecting.Rest;
import io.farandole.local.inspecting.Tables;
import io.farandole.local.running.RunningInstance;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Has every list computed anew. */
@Command(
        name = "refresh",
        description = {
            "Ask for every user's list to be computed anew from what is known now.",
            "At rest, the same events so give the same lists, in whatever order they came."
        },
        exitCodeList = {"0:all lists are refreshed", "1:some are not", "4:nothing is running"},
        footer = {"  farandole refresh", "  farandole refresh --no-wait"})
final class RefreshCommand extends Subcommand {

    @Option(names = "--no-wait", description = "End when the requests are published.")
    private boolean noWait;

    @Override
    ExitCode run() throws Exception {
        Console console = shared().console();
        RunningInstance running = shared().running();
        int requested = refresh(console, running);
        console.say((noWait ? "Requested " : "Refreshed ") + requested + " lists.");
        console.result(Map.of("requested", requested, "atRest", !noWait));
        return ExitCode.OK;
    }

    private int refresh(Console console, RunningInstance running) throws InterruptedException {
        try (Tables tables = Tables.in(running.directory())) {
            int requested = Refreshing.all(running, tables);
            if (!noWait) {
                try (Progress _ =
                        console.progress(_ -> requested + " lists requested, waiting for rest")) {
                    new Rest(running.directory(), tables).await();
                }
            }
            return requested;
        }
    }
}
