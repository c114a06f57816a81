package io.farandole.local.command;

import io.farandole.local.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** Keys to the API: made, listed and revoked. */
@Command(
        name = "keys",
        description = {
            "Make, list and revoke the keys with which callers ask the API.",
            "Several may be live for one caller: make the new one, have it rolled out, then revoke"
                    + " the old one."
        },
        exitCodeList = {"0:see the subcommands", "4:nothing is running"},
        footer = {
            "  farandole keys create app --role app --expires-in 90d",
            "  farandole keys list",
            "  farandole keys revoke 9f2c66a1b0de4471 --in 7d"
        },
        subcommands = {KeysCreateCommand.class, KeysListCommand.class, KeysRevokeCommand.class})
final class KeysCommand extends Subcommand {

    @Override
    ExitCode run() {
        throw new ParameterException(
                shared().command().commandLine(),
                "Say what: keys create, keys list or keys revoke.");
    }
}
