package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.console.Console;
import io.farandole.local.inspecting.DeadLetterWords;
import io.farandole.local.inspecting.Tables;
import io.farandole.streams.deadletters.PutAside;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows one message that was put aside. */
@Command(
        name = "show",
        description =
                "Show a message that was put aside: why and where, its envelope and its data.",
        exitCodeList = {"0:shown", "1:there is none of that number", "4:nothing is running"},
        footer = {"  farandole dlq show 17", "  farandole dlq show 17 --json"})
final class DlqShowCommand extends Subcommand {

    @Parameters(paramLabel = "ID", description = "Its number, as farandole dlq list says it.")
    private long id;

    @Override
    ExitCode run() {
        Console console = shared().console();
        try (Tables tables = Tables.in(shared().running().directory())) {
            PutAside one =
                    tables.deadLetters()
                            .one(id)
                            .orElseThrow(
                                    () ->
                                            new Failure(
                                                    ExitCode.FAILED,
                                                    "There is no dead letter "
                                                            + id
                                                            + ". See: farandole dlq list"));
            DeadLetterWords.say(one, console);
            console.result(one);
            return ExitCode.OK;
        }
    }
}
