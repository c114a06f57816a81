package io.farandole.local.command;

import io.farandole.local.running.JournalBounds;
import java.util.List;
import picocli.CommandLine.Option;

/** How much the broker's journal may take, and for how long it keeps what is done with. */
final class JournalOptions {

    @Option(
            names = "--journal-limit",
            paramLabel = "SIZE",
            converter = ByteSize.class,
            defaultValue = "${env:FARANDOLE_JOURNAL_LIMIT:-10GB}",
            description =
                    "The most that the broker's journal may take, such as 500MB or 20GB. Beyond it,"
                            + " publishes are refused until what is in it is older than"
                            + " --journal-days, or the limit is raised (default:"
                            + " ${DEFAULT-VALUE}).")
    private long limit;

    @Option(
            names = "--journal-days",
            paramLabel = "N",
            converter = RetentionDays.class,
            defaultValue = "${env:FARANDOLE_JOURNAL_DAYS:-31}",
            description =
                    "For how many days, 1 to 31, the broker's journal keeps what every reader has"
                            + " acknowledged; what is unread is kept for 31 days. A repair reaches"
                            + " back so far, and ledger and verify hold no earlier source event"
                            + " against it (default: ${DEFAULT-VALUE}).")
    private int days;

    JournalBounds bounds() {
        return new JournalBounds(limit, days);
    }

    /** As it is given to another process. */
    List<String> arguments() {
        return List.of(
                "--journal-limit", ByteSize.text(limit), "--journal-days", Integer.toString(days));
    }
}
