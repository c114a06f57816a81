package io.farandole.pubsub;

import io.farandole.pubsub.journal.Journal;
import io.farandole.pubsub.journal.JournalException;
import io.farandole.pubsub.journal.JournalRecord;
import io.farandole.pubsub.journal.Payload;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A journal that can be waited for: a test clock goes on only when what fell due is written and
 * applied.
 */
final class AwaitedJournal implements Journal {

    /** A change may bring about another, but not for ever; others may append all the time. */
    private static final int MOST_CONSEQUENCES = 16;

    private final Journal journal;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private long appended;
    private long finished;

    AwaitedJournal(Journal journal) {
        this.journal = journal;
    }

    /** Waits until all that was appended is applied, and what that appended in turn. */
    void await(Duration atMost) {
        long left = atMost.toNanos();
        lock.lock();
        try {
            long last = -1;
            for (int i = 0; i < MOST_CONSEQUENCES && last != appended; i++) {
                last = appended;
                while (finished < last) {
                    left = progress.awaitNanos(left);
                    if (left <= 0) {
                        throw new IllegalStateException(
                                "%d changes that fell due were not applied within %d s. Look at what holds up the server."
                                        .formatted(last - finished, atMost.toSeconds()));
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the server's time advanced", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void append(JournalRecord journalRecord, Commit commit) {
        lock.lock();
        try {
            appended++;
        } finally {
            lock.unlock();
        }
        journal.append(
                journalRecord,
                new Commit() {
                    @Override
                    public void durable() {
                        durableAt(Payload.NOWHERE);
                    }

                    @Override
                    public void durableAt(long location) {
                        try {
                            commit.durableAt(location);
                        } finally {
                            finished();
                        }
                    }

                    @Override
                    public void failed(JournalException reason) {
                        try {
                            commit.failed(reason);
                        } finally {
                            finished();
                        }
                    }
                });
    }

    private void finished() {
        lock.lock();
        try {
            finished++;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void appendSoon(JournalRecord journalRecord) {
        journal.appendSoon(journalRecord);
    }

    @Override
    public void leaveHeap(List<? extends Payload> leaving, List<? extends Payload> staying) {
        journal.leaveHeap(leaving, staying);
    }

    @Override
    public void close() {
        journal.close();
    }
}
