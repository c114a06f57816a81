package io.farandole.local.running;

import io.farandole.orchestrator.verifying.ArchivedMessages;
import io.farandole.processors.archive.Archive;
import io.farandole.processors.archive.Extent;
import io.farandole.processors.archive.Raw;
import io.farandole.processors.archive.Selection;
import io.farandole.pubsub.journal.JournaledMessage;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The archive as whoever verifies reads it. */
record VerifiedArchive(Archive archive) implements ArchivedMessages {

    @Override
    public long read(Set<String> topics, Consumer<JournaledMessage> consumer) throws IOException {
        // Counted before it is read: what lands in between is given, and not taken for withheld.
        long kept =
                archive.extent().topics().stream()
                        .filter(topic -> topics.contains(topic.topic()))
                        .mapToLong(Extent.OfTopic::rows)
                        .sum();
        AtomicLong given = new AtomicLong();
        archive.read(
                new Selection(topics, 0, null, Set.of()),
                row -> {
                    given.incrementAndGet();
                    consumer.accept(message(row));
                });
        return Math.max(0, kept - given.get());
    }

    private static JournaledMessage message(Raw row) {
        return new JournaledMessage(
                row.topic(),
                row.delivery().messageId(),
                row.key(),
                row.attributes(),
                row.payload(),
                row.publishTime());
    }
}
