package io.farandole.pubsub.journal;

import java.util.concurrent.Executor;

/** Keeps nothing: for servers that live in memory. */
record NoJournal(Executor executor) implements Journal {

    @Override
    public void append(JournalRecord journalRecord, Commit commit) {
        executor.execute(commit::durable);
    }

    @Override
    public void appendSoon(JournalRecord journalRecord) {}

    @Override
    public void close() {}
}
