package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.console.Console;
import io.farandole.local.console.Progress;
import io.farandole.local.inspecting.AskingForSwitch;
import io.farandole.local.inspecting.AskingForSwitch.Wish;
import io.farandole.local.inspecting.Tables;
import io.farandole.local.running.RunningInstance;
import io.farandole.orchestrator.models.ReleasedModel;
import io.farandole.orchestrator.models.SwitchedRelease;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Option;

/** What promote and rollback of models take, and do with it. */
final class SwitchingModels {

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why; recorded with the switch (default: ${DEFAULT-VALUE}).",
            defaultValue = "an operator asked for it")
    private String reason = "";

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "Who asks; recorded with the switch (default: who is logged in here).",
            defaultValue = "${sys:user.name}")
    private String by = "";

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description =
                    "How long to wait until it is decided (default: ${DEFAULT-VALUE}); 0 ends when"
                            + " the request is published.",
            defaultValue = "120")
    private int timeout;

    ExitCode ask(
            Console console,
            RunningInstance running,
            Tables tables,
            Wish wish,
            ReleasedModel release)
            throws InterruptedException {
        AskingForSwitch asking = new AskingForSwitch(running, tables);
        UUID asked = asking.ask(wish, release, by, reason);
        if (timeout == 0) {
            console.say(
                    "Requested. What becomes of it: farandole models show " + release.release());
            console.result(Map.of("command", asked, "release", release.release()));
            return ExitCode.OK;
        }
        SwitchedRelease outcome;
        try (Progress _ = console.progress(_ -> "waiting for deployment")) {
            outcome =
                    asking.await(asked, Duration.ofSeconds(timeout))
                            .orElseThrow(
                                    () ->
                                            new Failure(
                                                    ExitCode.FAILED,
                                                    "Requested, but not decided in "
                                                            + timeout
                                                            + " seconds: is deployment there? See:"
                                                            + " farandole processors"));
        }
        console.result(outcome);
        return switch (outcome.outcome()) {
            case "PROMOTED" -> {
                console.say(
                        outcome.release()
                                + " is served to everybody"
                                + (outcome.other() == null
                                        ? "."
                                        : ", in place of " + outcome.other() + "."));
                yield ExitCode.OK;
            }
            case "ROLLED_BACK" -> {
                console.say(
                        outcome.release()
                                + " is served to nobody any more; "
                                + outcome.other()
                                + " is, to everybody.");
                yield ExitCode.OK;
            }
            default ->
                    throw new Failure(
                            ExitCode.FAILED,
                            "Refused: " + String.join(" ", outcome.reasons()) + ".");
        };
    }
}
