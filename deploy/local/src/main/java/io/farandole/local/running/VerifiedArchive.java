package io.farandole.local.running;

import io.farandole.orchestrator.verifying.ArchivedMessages;
import io.farandole.processors.archive.Archive;
import io.farandole.processors.archive.Kept;
import io.farandole.processors.archive.Raw;
import io.farandole.processors.archive.Selection;
import io.farandole.pubsub.journal.JournaledMessage;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The archive as whoever verifies reads it. */
record VerifiedArchive(Archive archive) implements ArchivedMessages {

    private static final int PORTION = 10_000;

    @Override
    public void read(
            Set<String> topics,
            Consumer<JournaledMessage> given,
            Consumer<JournaledMessage> withheld)
            throws IOException {
        Selection selection = new Selection(topics, 0, null, Set.of());
        List<Kept> portion;
        do {
            portion = archive.next(selection, PORTION);
            for (Kept kept : portion) {
                (kept.withheld() ? withheld : given).accept(message(kept.row()));
                selection = selection.after(kept.row().position());
            }
        } while (portion.size() == PORTION);
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
