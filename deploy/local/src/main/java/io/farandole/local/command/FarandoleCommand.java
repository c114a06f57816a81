package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.running.Background;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParseResult;

/** The command with its subcommands. */
@Command(
        name = "farandole",
        description = {
            "Event-choreographed recommendations: what a user just did is in that user's next"
                    + " answer."
        },
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true,
        mixinStandardHelpOptions = true,
        version = "farandole 0.1.0",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed; the line on standard error says what and what to do",
            "2:wrong usage",
            "3:no JDK 25 on this machine",
            "4:nothing is running",
            "5:a port or the data directory is in use",
            "6:an import refused some lines and published all others"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  farandole demo               everything, on real data, until Ctrl-C",
            "  farandole up                 the same house, with data kept in .farandole/",
            "  farandole import             publish MovieLens to what is running",
            "  farandole recommend 42       a user's list",
            "  farandole train --events data/ml-latest-small/ratings.csv --out model"
        },
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            ImportCommand.class,
            RecommendCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            RunsCommand.class,
            ModelsCommand.class,
            RequestTrainingCommand.class,
            LedgerCommand.class,
            VerifyCommand.class,
            RefreshCommand.class,
            ReplayCommand.class,
            GenerationsCommand.class,
            HashCommand.class,
            TopologyCommand.class,
            ProcessorsCommand.class,
            LagCommand.class,
            DlqCommand.class,
            KeysCommand.class,
            PubsubCommand.class,
            HelpCommand.class
        })
public final class FarandoleCommand {

    private FarandoleCommand() {}

    /** Ready to be executed. */
    public static CommandLine line() {
        return new CommandLine(new FarandoleCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(FarandoleCommand::explain);
    }

    /** One line for what is known, and where to look for what is not. */
    private static int explain(Exception e, CommandLine line, ParseResult result) {
        boolean verbose =
                Optional.ofNullable(result.matchedOptionValue("--verbose", false)).orElse(false);
        String message =
                e instanceof Failure
                        ? String.valueOf(e.getMessage())
                        : "Unexpected: "
                                + e
                                + ". Try again with --verbose and report what it shows.";
        line.getErr().println(Background.SAID + message);
        if (verbose) {
            e.printStackTrace(line.getErr());
        }
        line.getErr().flush();
        return (e instanceof Failure failure ? failure.code() : ExitCode.FAILED).number();
    }
}
