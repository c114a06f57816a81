package io.farandole.local.command;

import picocli.CommandLine.Option;

/** How much the broker's journal may take. */
final class JournalOptions {

    @Option(
            names = "--journal-limit",
            paramLabel = "SIZE",
            converter = ByteSize.class,
            defaultValue = "${env:FARANDOLE_JOURNAL_LIMIT:-10GB}",
            description =
                    "The most that the broker's journal may take, such as 500MB or 20GB. Beyond it,"
                            + " publishes are refused until what is in it is older than the topics'"
                            + " 31 days, or the limit is raised (default: ${DEFAULT-VALUE}).")
    private long limit;

    long limit() {
        return limit;
    }
}
