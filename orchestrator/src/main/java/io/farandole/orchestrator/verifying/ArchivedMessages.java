package io.farandole.orchestrator.verifying;

import io.farandole.pubsub.journal.JournaledMessage;
import java.io.IOException;
import java.util.Set;
import java.util.function.Consumer;

/** What is kept of the internal topics for ever, as whoever keeps it gives it. */
public interface ArchivedMessages {

    /**
     * Gives each message once, in the order in which they were kept.
     *
     * @return how many are kept but given to nobody: what erased users had told
     * @throws IOException if the archive cannot be read
     */
    long read(Set<String> topics, Consumer<JournaledMessage> consumer) throws IOException;
}
