package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.console.Console;
import io.farandole.local.console.Table;
import io.farandole.local.inspecting.Tables;
import io.farandole.local.inspecting.Verification;
import io.farandole.local.running.DataDirectory;
import picocli.CommandLine.Command;

/** Computes the state anew from the journal and compares. */
@Command(
        name = "verify",
        description = {
            "Compute what every row should say from the events in the broker's journal, by other"
                    + " code than the processors', and name each row that says otherwise.",
            "Events in flight show as differences: wait for rest."
        },
        exitCodeList = {
            "0:all rows are as they should be",
            "1:the rows named are not",
            "4:nothing is running"
        },
        footer = {"  farandole verify", "  farandole verify --json"})
final class VerifyCommand extends Subcommand {

    private static final int MOST_SHOWN = 20;

    @Override
    ExitCode run() {
        Console console = shared().console();
        DataDirectory directory = shared().running().directory();
        Verification verification = verification(directory);
        Table table = new Table("store", "rows compared");
        verification.verdict().rowsCompared().forEach(table::row);
        console.say(table);
        verification.verdict().discrepancies().stream()
                .limit(MOST_SHOWN)
                .forEach(discrepancy -> console.say("  " + discrepancy));
        console.say(verification.summary());
        console.result(verification.verdict());
        return verification.isClean() ? ExitCode.OK : ExitCode.FAILED;
    }

    private static Verification verification(DataDirectory directory) {
        try (Tables tables = Tables.in(directory)) {
            return Verification.of(directory, tables);
        }
    }
}
