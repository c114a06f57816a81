package io.farandole.local.running;

import io.farandole.processors.archive.Archive;
import io.farandole.streams.running.StreamsSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.springframework.context.ApplicationContext;

/**
 * For how long what is kept is kept, and how much of it.
 *
 * @param journalBytes the most that the broker's journal may take
 * @param journalDays for how long it keeps what was published and acknowledged
 * @param outboxDays for how long it keeps what was published
 * @param inboxDays for how long inboxes of the internal ring remember ids
 * @param sourceInboxDays for how long ingestion's inbox remembers ids; 0 for ever
 * @param rawDays for how long the archive keeps events; 0 for ever
 */
public record Bounds(
        long journalBytes,
        int journalDays,
        double outboxDays,
        double inboxDays,
        int sourceInboxDays,
        int rawDays) {

    /** As this process is set. */
    static Bounds of(JournalBounds journal, ApplicationContext processors) {
        StreamsSettings streams = processors.getBean(StreamsSettings.class);
        try {
            return new Bounds(
                    journal.bytes(),
                    journal.days(),
                    days(streams.relay().retention()),
                    streams.horizonDays(),
                    streams.sourceHorizonDays(),
                    processors.getBean(Archive.class).extent().retentionDays());
        } catch (IOException e) {
            throw new UncheckedIOException("the archive does not say how long it keeps events", e);
        }
    }

    private static double days(Duration duration) {
        return duration.toMinutes() / (double) Duration.ofDays(1).toMinutes();
    }
}
