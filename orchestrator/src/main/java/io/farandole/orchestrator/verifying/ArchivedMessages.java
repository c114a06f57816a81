package io.farandole.orchestrator.verifying;

import io.farandole.pubsub.journal.JournaledMessage;
import java.io.IOException;
import java.util.Set;
import java.util.function.Consumer;

/** What is kept of the internal topics for ever, as whoever keeps it gives it. */
public interface ArchivedMessages {

    /**
     * Reads each message once, in the order in which they were kept.
     *
     * @param given gets those that whoever replays is given
     * @param withheld gets those that nobody is given, for erased users had told them: to tell what
     *     was counted before they asked, and for nothing else
     * @throws IOException if the archive cannot be read
     */
    void read(
            Set<String> topics,
            Consumer<JournaledMessage> given,
            Consumer<JournaledMessage> withheld)
            throws IOException;
}
