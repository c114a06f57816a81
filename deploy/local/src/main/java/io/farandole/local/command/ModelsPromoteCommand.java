package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.inspecting.AskingForSwitch.Wish;
import io.farandole.local.inspecting.ModelLedger;
import io.farandole.local.inspecting.Tables;
import io.farandole.local.running.RunningInstance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Serves a release to everybody. */
@Command(
        name = "promote",
        description = {
            "Serve a release to everybody: a canary at once; one that was served before once it is"
                    + " loaded again, which takes as long as a deployment.",
            "Asked for by an event, recorded with who and why, and done by deployment."
        },
        exitCodeList = {
            "0:done, or with --timeout 0 requested",
            "1:refused, or not decided in time; the line says why",
            "4:nothing is running"
        },
        footer = {
            "  farandole models promote r2",
            "  farandole models promote r2 --reason \"clicks are up\" --json"
        })
final class ModelsPromoteCommand extends Subcommand {

    @Parameters(paramLabel = "RELEASE", description = "Such as r2.")
    private String release = "";

    @Mixin private final SwitchingModels switching = new SwitchingModels();

    @Override
    ExitCode run() throws InterruptedException {
        RunningInstance running = shared().running();
        try (Tables tables = Tables.in(running.directory())) {
            ModelLedger models = new ModelLedger(tables, running.directory().objects());
            return switching.ask(
                    shared().console(), running, tables, Wish.PROMOTION, models.release(release));
        }
    }
}
