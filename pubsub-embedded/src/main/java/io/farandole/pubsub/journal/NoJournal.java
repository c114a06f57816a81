package io.farandole.pubsub.journal;

import java.util.List;
import java.util.concurrent.Executor;

/**
 * Keeps nothing: for servers that live in memory. Payloads that have to leave it go to nameless
 * files.
 */
final class NoJournal implements Journal {

    private final Executor executor;
    private final Spill spill;

    NoJournal(Executor executor, Disk disk) {
        this.executor = executor;
        this.spill = new Spill(disk);
    }

    @Override
    public void append(JournalRecord journalRecord, Commit commit) {
        executor.execute(() -> commit.durableAt(Payload.NOWHERE));
    }

    @Override
    public void appendSoon(JournalRecord journalRecord) {}

    @Override
    public void leaveHeap(List<? extends Payload> leaving, List<? extends Payload> staying) {
        spill.keepOnly(staying);
        spill.add(leaving);
    }

    @Override
    public void close() {
        spill.close();
    }
}
