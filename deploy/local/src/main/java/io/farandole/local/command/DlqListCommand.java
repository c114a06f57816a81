package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.console.Console;
import io.farandole.local.inspecting.DeadLetterWords;
import io.farandole.local.inspecting.Tables;
import io.farandole.streams.deadletters.DeadLetter;
import io.farandole.streams.deadletters.DeadLetterFilter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists what is put aside. */
@Command(
        name = "list",
        description = {
            "List what is put aside and not applied yet, the oldest first. What is WAITING is tried"
                    + " again by itself; what is PARKED_BEHIND follows the message of its key that it"
                    + " stands behind; the rest waits to be redriven."
        },
        exitCodeList = {"0:listed, be it nothing", "1:it cannot be asked", "4:nothing is running"},
        footer = {
            "  farandole dlq list",
            "  farandole dlq list --processor profile --cause poison",
            "  farandole dlq list --key user:42 --json"
        })
final class DlqListCommand extends Subcommand {

    @Mixin private final DeadLetterOptions which = new DeadLetterOptions();

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = WholeNumber.class,
            defaultValue = "100",
            description = "The most that are listed (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Override
    ExitCode run() {
        Console console = shared().console();
        DeadLetterFilter filter =
                new DeadLetterFilter(
                        List.of(), which.processor, which.topic, which.cause, which.key, null);
        try (Tables tables = Tables.in(shared().running().directory())) {
            List<DeadLetter> letters = tables.deadLetters().open(filter, limit);
            DeadLetterWords.say(letters, console);
            if (letters.size() == limit) {
                console.say("There may be more: see --limit.");
            }
            console.result(letters);
            return ExitCode.OK;
        }
    }
}
