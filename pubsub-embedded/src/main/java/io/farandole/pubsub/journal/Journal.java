package io.farandole.pubsub.journal;

import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Where the server writes what happened before it says that it happened. */
public interface Journal extends AutoCloseable {

    /** What to do once a record is on disk; called in the order of the appends. */
    interface Commit {
        void durable();

        void failed(JournalException reason);
    }

    /** Writes the record, with all others that wait, and forces them to disk together. */
    void append(JournalRecord journalRecord, Commit commit);

    /**
     * Writes the record with the next ones, or soon: for what may be lost in a crash of the
     * machine.
     */
    void appendSoon(JournalRecord journalRecord);

    @Override
    void close();

    /**
     * A journal in files. What the directory already holds is given to {@code replay} first, in
     * order.
     *
     * @param executor runs the commits; it has to keep their order
     * @throws JournalException when another process has the directory, or a file in it is damaged
     */
    static Journal in(Path directory, Consumer<JournalRecord> replay, Executor executor) {
        return FileJournal.open(directory, replay, executor, FileJournal.SEGMENT_BYTES);
    }

    /** No journal: all is forgotten at the end. */
    static Journal none(Executor executor) {
        return new NoJournal(executor);
    }
}
