package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.console.Console;
import io.farandole.local.inspecting.Tables;
import io.farandole.orchestrator.keys.ApiKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Revokes a key. */
@Command(
        name = "revoke",
        description = {
            "Let nobody in by a key any more, now or after a while.",
            "The API keeps keys at hand for some seconds (farandole.api.access.key-freshness)."
        },
        exitCodeList = {"0:revoked", "1:there is no such key", "4:nothing is running"},
        footer = {
            "  farandole keys revoke 9f2c66a1b0de4471",
            "  farandole keys revoke 9f2c66a1b0de4471 --in 7d"
        })
final class KeysRevokeCommand extends Subcommand {

    @Parameters(paramLabel = "ID", description = "As farandole keys list says it.")
    private String id = "";

    @Option(
            names = "--in",
            paramLabel = "TIME",
            converter = TimeAhead.class,
            defaultValue = "0s",
            description = "After how long, as 7d or 12h (default: now).")
    private Duration in = Duration.ZERO;

    @Override
    ExitCode run() {
        Console console = shared().console();
        Instant end = Instant.now().plus(in);
        try (Tables tables = Tables.in(shared().running().directory())) {
            if (!new ApiKeys(tables.client()).end(id, end)) {
                throw new Failure(
                        ExitCode.FAILED, "There is no key " + id + ". See: farandole keys list");
            }
        }
        console.say(in.isZero() ? "Revoked." : "It ends at " + end + ", or before if it was to.");
        console.result(Map.of("id", id, "ends", end));
        return ExitCode.OK;
    }
}
