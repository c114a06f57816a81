package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.inspecting.AskingForSwitch.Wish;
import io.farandole.local.inspecting.ModelLedger;
import io.farandole.local.inspecting.Tables;
import io.farandole.local.running.RunningInstance;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Serves a release to nobody any more. */
@Command(
        name = "rollback",
        description = {
            "Serve a release to nobody: a canary's users get back the lists of the others; in place"
                    + " of the one that everybody is served comes the one before, loaded again.",
            "Without a name: the one that is tried, else the one that is served."
        },
        exitCodeList = {
            "0:done, or with --timeout 0 requested",
            "1:refused, or not decided in time; the line says why",
            "4:nothing is running"
        },
        footer = {
            "  farandole models rollback",
            "  farandole models rollback r2 --reason \"shows one item to everybody\""
        })
final class ModelsRollbackCommand extends Subcommand {

    @Parameters(paramLabel = "RELEASE", arity = "0..1", description = "Such as r2.")
    private @Nullable String release;

    @Mixin private final SwitchingModels switching = new SwitchingModels();

    @Override
    ExitCode run() throws InterruptedException {
        RunningInstance running = shared().running();
        try (Tables tables = Tables.in(running.directory())) {
            ModelLedger models = new ModelLedger(tables, running.directory().objects());
            return switching.ask(
                    shared().console(),
                    running,
                    tables,
                    Wish.ROLLBACK,
                    release == null ? models.served() : models.release(release));
        }
    }
}
