package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.console.Console;
import io.farandole.local.inspecting.Books;
import io.farandole.local.inspecting.Tables;
import io.farandole.local.running.DataDirectory;
import java.util.Map;
import picocli.CommandLine.Command;

/** Prints the books and says whether they balance. */
@Command(
        name = "ledger",
        description = {
            "Print, for each topic and processor, what was published and what became of it.",
            "While events are in flight they are published and not yet delivered: wait for rest."
        },
        exitCodeList = {"0:the books balance", "1:they do not (yet)", "4:nothing is running"},
        footer = {"  farandole ledger", "  farandole ledger --json"})
final class LedgerCommand extends Subcommand {

    @Override
    ExitCode run() {
        Console console = shared().console();
        DataDirectory directory = shared().running().directory();
        try (Tables tables = Tables.in(directory)) {
            Books books = Books.of(directory, tables);
            books.say(console);
            console.result(Map.of("balances", books.balance(), "accounts", books.accounts()));
            return books.balance() ? ExitCode.OK : ExitCode.FAILED;
        }
    }
}
