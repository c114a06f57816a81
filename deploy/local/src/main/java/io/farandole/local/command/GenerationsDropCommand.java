package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.console.Console;
import io.farandole.local.inspecting.Generational;
import io.farandole.local.inspecting.Replaying;
import io.farandole.streams.replay.ReplayRequest;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Drops a generation. */
@Command(
        name = "drop",
        description = {
            "Drop a generation that is not the active one: its rows, its inbox, its subscriptions.",
            "There is no way back to it. Refused while it is the one that is to say what follows from"
                    + " an event, which a switch may have left to it."
        },
        exitCodeList = {"0:dropped", "1:refused; the line says why", "4:nothing is running"},
        footer = {
            "  farandole generations drop popularity 1",
            "  farandole generations drop popularity 1 --dry-run"
        })
final class GenerationsDropCommand extends GenerationsSubcommand {

    @Parameters(index = "0", paramLabel = "PROCESSOR", description = "Whose generation.")
    private String processor = "";

    @Parameters(index = "1", paramLabel = "N", description = "Its number.")
    private int number;

    @Option(
            names = "--max-unsaid",
            paramLabel = "EVENTS",
            description =
                    "Of so many events and timers what follows may be left unsaid for ever;"
                            + " ${DEFAULT-VALUE}.")
    private long mostUnsaid;

    @Option(names = "--dry-run", description = "Only say whether it would be refused.")
    private boolean dryRun;

    @Override
    ExitCode run(Console console, Generational generations, Replaying replaying)
            throws InterruptedException {
        generations.list(processor);
        JsonNode answer =
                replaying.ask(
                        ReplayRequest.Kind.DROP,
                        processor,
                        Map.of(
                                "generation",
                                Integer.toString(number),
                                "mostUnsaid",
                                Long.toString(mostUnsaid),
                                "dryRun",
                                Boolean.toString(dryRun)));
        console.say(
                (dryRun ? "Would drop" : "Dropped")
                        + " generation "
                        + number
                        + " of "
                        + processor
                        + ".");
        console.result(answer);
        return ExitCode.OK;
    }
}
