package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.console.Console;
import io.farandole.local.inspecting.Books;
import io.farandole.local.inspecting.LedgerHours;
import io.farandole.local.inspecting.Tables;
import io.farandole.local.running.DataDirectory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the books and says whether they balance. */
@Command(
        name = "ledger",
        description = {
            "Print, for each topic and processor, what was published and what became of it.",
            "While events are in flight they are published and not yet delivered: wait for rest.",
            "Of the active generations, or with --generation of one of each processor that has it:"
                    + " what is being built, or is fed no more, lacks events and does not balance."
        },
        exitCodeList = {"0:the books balance", "1:they do not (yet)", "4:nothing is running"},
        footer = {
            "  farandole ledger",
            "  farandole ledger --json",
            "  farandole ledger --by-hour",
            "  farandole ledger --generation 2"
        })
final class LedgerCommand extends Subcommand {

    @Option(
            names = "--generation",
            paramLabel = "N",
            description = "Of this generation of each processor that has it, active or not.")
    private @Nullable Integer generation;

    @Option(
            names = "--by-hour",
            description =
                    "Show the processors' books as they are kept, too: by the hour in which an event was"
                            + " published, however long ago it happened.")
    private boolean byHour;

    @Override
    ExitCode run() {
        Console console = shared().console();
        DataDirectory directory = shared().running().directory();
        try (Tables tables = Tables.in(directory)) {
            Books books =
                    generation == null
                            ? Books.of(directory, tables)
                            : Books.of(directory, tables, generation);
            books.say(console);
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("balances", books.balance());
            document.put("accounts", books.accounts());
            if (byHour) {
                LedgerHours hours = LedgerHours.of(tables, generation);
                console.say(hours.table());
                document.put("hours", hours.lines());
            }
            console.result(document);
            return books.balance() ? ExitCode.OK : ExitCode.FAILED;
        }
    }
}
