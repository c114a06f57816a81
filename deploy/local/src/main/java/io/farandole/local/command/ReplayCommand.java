package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.console.Console;
import io.farandole.local.inspecting.Generational;
import io.farandole.local.inspecting.Replaying;
import picocli.CommandLine.Command;

/** Builds state anew from the archive, or brings again what was missed. */
@Command(
        name = "replay",
        description = {
            "Build a processor's state anew beside the live one; look at one key; repair what was"
                    + " missed. Without a subcommand: how far rebuilds are.",
            "A new generation reads the archive, catches up by subscriptions of its own, and can"
                    + " then be compared and switched to: see farandole generations."
        },
        exitCodeList = {"0:shown", "4:nothing is running"},
        footer = {
            "  farandole replay start popularity",
            "  farandole replay status",
            "  farandole replay key profile user:42",
            "  farandole replay repair --topic activity --since 2026-03-01T00:00:00Z"
        },
        subcommands = {
            ReplayStartCommand.class,
            ReplayStatusCommand.class,
            ReplayKeyCommand.class,
            ReplayRepairCommand.class
        })
final class ReplayCommand extends GenerationsSubcommand {

    @Override
    ExitCode run(Console console, Generational generations, Replaying replaying) {
        return ReplayStatusCommand.show(console, generations, null);
    }
}
