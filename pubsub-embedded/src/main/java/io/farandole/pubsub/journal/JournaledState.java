package io.farandole.pubsub.journal;

import java.util.List;
import java.util.function.Consumer;

/**
 * What the journal asks of the server whose changes it holds; at start, and later on the executor
 * of the commits, so between two changes.
 */
public interface JournaledState {

    /**
     * Brings back a change; one that defines something that is there as it is changes nothing.
     *
     * @param location where the record stands, for {@link JournalRecord.Published#locations}
     * @return the messages that it made: they leave the heap, for it is known where they stand and
     *     not whether they are still wanted
     */
    List<? extends Payload> replay(JournalRecord journalRecord, long location);

    /**
     * Records that define again all there is, those first that others refer to; {@link
     * JournalRecord.Begun} comes last.
     */
    List<JournalRecord> beginning();

    /**
     * Shows every message that may still be handed out, to whomever and however late; what is not
     * shown may be gone for ever. One may be shown several times.
     */
    void held(Consumer<? super Payload> visitor);
}
