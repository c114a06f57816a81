package io.farandole.pubsub.journal;

import java.util.List;
import java.util.concurrent.Executor;

/** Where the server writes what happened before it says that it happened. */
public interface Journal extends AutoCloseable {

    /** What to do once a record is on disk; called in the order of the appends. */
    interface Commit {
        void durable();

        /** Tells where the record stands as well, if that is of interest. */
        default void durableAt(long location) {
            durable();
        }

        void failed(JournalException reason);
    }

    /** Writes the record, with all others that wait, and forces them to disk together. */
    void append(JournalRecord journalRecord, Commit commit);

    /**
     * Writes the record with the next ones, or soon: for what may be lost in a crash of the
     * machine.
     */
    void appendSoon(JournalRecord journalRecord);

    /**
     * Takes payloads from the heap: from now on they are read from a file when asked for.
     *
     * @param leaving those that leave it
     * @param staying all others that anyone holds, on the heap or in files
     * @throws JournalFullException when there is no room for them elsewhere
     */
    void leaveHeap(List<? extends Payload> leaving, List<? extends Payload> staying);

    @Override
    void close();

    /**
     * A journal in files. What the directory already holds is given to the state first, in order.
     *
     * @param executor runs the commits; it has to keep their order
     * @throws JournalException when another process has the directory, or a file in it is damaged
     */
    static Journal in(JournalFiles files, JournaledState state, Executor executor) {
        return FileJournal.open(files, state, executor);
    }

    /** No journal: all is forgotten at the end. */
    static Journal none(Executor executor) {
        return new NoJournal(executor, MachineDisk.INSTANCE);
    }
}
