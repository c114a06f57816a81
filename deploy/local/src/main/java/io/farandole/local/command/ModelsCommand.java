package io.farandole.local.command;

import io.farandole.local.ExitCode;
import picocli.CommandLine.Command;

/** The models: what is served, tried, kept and rejected. */
@Command(
        name = "models",
        description = {
            "List, show, compare, promote and roll back models. Without a subcommand: the list.",
            "A new release is served to a share of the users first, farandole.deployment.canary-share"
                    + " percent, as a canary; the first one of all is served to everybody."
        },
        exitCodeList = {"0:shown", "4:nothing is running"},
        footer = {
            "  farandole models",
            "  farandole models show r2",
            "  farandole models show --of-user 42",
            "  farandole models compare r1 r2",
            "  farandole models promote r2 --reason \"clicks are up\"",
            "  farandole models rollback"
        },
        subcommands = {
            ModelsListCommand.class,
            ModelsShowCommand.class,
            ModelsCompareCommand.class,
            ModelsPromoteCommand.class,
            ModelsRollbackCommand.class
        })
final class ModelsCommand extends Subcommand {

    @Override
    ExitCode run() {
        return ModelsListCommand.show(shared());
    }
}
