package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.asking.Api;
import io.farandole.local.console.Console;
import io.farandole.local.console.Progress;
import io.farandole.local.console.Table;
import io.farandole.local.inspecting.Verification;
import io.farandole.local.running.RunningInstance;
import picocli.CommandLine.Command;

/** Computes the state anew from the archive and compares. */
@Command(
        name = "verify",
        description = {
            "Compute what every row should say from the archived events, by other code than the"
                    + " processors', and name each row that says otherwise.",
            "As far as the broker's journal reaches, every source event is traced to the event that"
                    + " it became, and every event of activity, catalogue and training to the"
                    + " archive.",
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
        Verification verification = verification(console, shared().running());
        Table table = new Table("store", "rows compared");
        verification.verdict().rowsCompared().forEach(table::row);
        console.say(table);
        verification
                .verdict()
                .notVerified()
                .forEach((store, why) -> console.say("NOT VERIFIED of " + store + ": " + why));
        verification
                .verdict()
                .putAside()
                .forEach(
                        (processor, events) ->
                                console.say(
                                        "NOT IN ITS ROWS: %,d events that %s has put aside; see:"
                                                        .formatted(events, processor)
                                                + " farandole dlq list"));
        verification.verdict().discrepancies().stream()
                .limit(MOST_SHOWN)
                .forEach(discrepancy -> console.say("  " + discrepancy));
        console.say(verification.scope());
        console.say(verification.summary());
        console.result(verification.verdict());
        return verification.isClean() ? ExitCode.OK : ExitCode.FAILED;
    }

    private static Verification verification(Console console, RunningInstance running) {
        try (Api api = new Api(running.ports());
                Progress _ = console.progress(_ -> "computing every row again")) {
            return Verification.by(api);
        }
    }
}
