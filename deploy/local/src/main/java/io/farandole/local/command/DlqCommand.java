package io.farandole.local.command;

import io.farandole.local.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** What was put aside: shown, and tried again. */
@Command(
        name = "dlq",
        description = {
            "List, show and redrive the dead letters: messages that a processor could not apply, kept"
                    + " whole with the reason."
        },
        exitCodeList = {"2:no subcommand is named", "4:nothing is running"},
        footer = {
            "  farandole dlq list --processor profile",
            "  farandole dlq show 17",
            "  farandole dlq redrive --id 17"
        },
        subcommands = {DlqListCommand.class, DlqShowCommand.class, DlqRedriveCommand.class})
final class DlqCommand extends Subcommand {

    @Override
    ExitCode run() {
        throw new ParameterException(
                shared().command().commandLine(), "Say what: dlq list, dlq show or dlq redrive.");
    }
}
