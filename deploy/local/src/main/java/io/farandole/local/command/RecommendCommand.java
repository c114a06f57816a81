package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.asking.Answer;
import io.farandole.local.asking.Api;
import io.farandole.local.asking.ListTable;
import io.farandole.local.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what the API recommends to a user. */
@Command(
        name = "recommend",
        description = "Show a user's list, with titles and why, as the API answers it.",
        exitCodeList = {
            "0:the API answered with a list",
            "1:it answered with a problem, or not at all",
            "4:nothing is running"
        },
        footer = {"  farandole recommend 42", "  farandole recommend 42 --k 5 --json"})
final class RecommendCommand extends Subcommand {

    @Parameters(paramLabel = "USER", description = "The user's id, such as 42.")
    private String user = "";

    @Option(
            names = {"-k", "--k"},
            paramLabel = "N",
            defaultValue = "10",
            description = "How many items (default: ${DEFAULT-VALUE}).")
    private int count;

    @Override
    ExitCode run() {
        Console console = shared().console();
        try (Api api = new Api(shared().running().ports())) {
            Answer answer = api.recommendations(user, count);
            if (!answer.isOk()) {
                throw new Failure(
                        ExitCode.FAILED,
                        "The API answered "
                                + answer.status()
                                + ": "
                                + answer.body().path("detail").asString(""));
            }
            ListTable list = new ListTable(answer.body());
            console.say(list.headline());
            console.say(list.table());
            console.result(answer.body());
            return ExitCode.OK;
        }
    }
}
