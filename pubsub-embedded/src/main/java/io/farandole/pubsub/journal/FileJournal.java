package io.farandole.pubsub.journal;

import io.farandole.pubsub.journal.JournalRecord.Published;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends to segment files; one thread writes and forces whatever waits, so that many publishes
 * share one fsync.
 */
final class FileJournal implements Journal {

    private static final Logger LOG = LoggerFactory.getLogger(FileJournal.class);
    private static final long SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** An encoded record, whom to tell, and where it came to stand. */
    private static final class Waiting {
        final JournalRecord journalRecord;
        final byte[] bytes;
        final @Nullable Commit commit;
        long location;

        Waiting(JournalRecord journalRecord, @Nullable Commit commit) {
            this.journalRecord = journalRecord;
            this.bytes = RecordFormat.encode(journalRecord);
            this.commit = commit;
        }
    }

    private final Disk.Lock directoryLock;
    private final long limit;
    private final Executor executor;
    private final PayloadFiles payloads;
    private final Segments segments;
    private final SegmentWriter writer;
    private final Compaction compaction;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private List<Waiting> waiting = new ArrayList<>();
    private long waitingBytes;
    private boolean urgent;
    private boolean closed;
    private boolean failing;
    private @Nullable JournalException broken;

    private FileJournal(
            JournalFiles files,
            Disk.Lock directoryLock,
            PayloadFiles payloads,
            Segments segments,
            JournaledState state,
            Executor executor,
            ByteBuffer staging) {
        this.directoryLock = directoryLock;
        this.limit = files.limit();
        this.executor = executor;
        this.payloads = payloads;
        this.segments = segments;
        Asking asking = new Asking(state, executor);
        this.compaction = new Compaction(files.disk(), payloads, segments, asking, files.limit());
        this.writer = new SegmentWriter(files, payloads, segments, asking, staging);
        this.thread =
                Thread.ofPlatform().name("pubsub-embedded-journal").daemon().unstarted(this::write);
    }

    static FileJournal open(JournalFiles files, JournaledState state, Executor executor) {
        PayloadFiles payloads = new PayloadFiles();
        try {
            files.disk().createDirectories(files.directory);
            Disk.Lock directoryLock = files.disk().lock(files.directory);
            boolean opened = false;
            try {
                ByteBuffer staging = ByteBuffer.allocateDirect(1 << 20);
                Segments segments = new Opening(files, payloads, state).open(staging);
                FileJournal journal =
                        new FileJournal(
                                files, directoryLock, payloads, segments, state, executor, staging);
                journal.thread.start();
                journal.compaction.start();
                opened = true;
                return journal;
            } finally {
                if (!opened) {
                    payloads.closeAll();
                    directoryLock.close();
                }
            }
        } catch (IOException e) {
            throw new JournalException(
                    "The journal in " + files.directory + " cannot be opened: " + e, e);
        }
    }

    @Override
    public void append(JournalRecord journalRecord, Commit commit) {
        Waiting one = new Waiting(journalRecord, commit);
        @Nullable JournalException refused;
        lock.lock();
        try {
            refused = refusal(one);
            if (refused == null) {
                add(one);
                if (!urgent) {
                    urgent = true;
                    arrived.signal();
                }
            }
        } finally {
            lock.unlock();
        }
        if (refused != null) {
            JournalException reason = refused;
            executor.execute(() -> commit.failed(reason));
        }
    }

    @Override
    public void appendSoon(JournalRecord journalRecord) {
        Waiting one = new Waiting(journalRecord, null);
        lock.lock();
        try {
            if (refusal(one) == null) {
                add(one);
                if (waiting.size() == 1) {
                    arrived.signal();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void add(Waiting one) {
        waiting.add(one);
        waitingBytes += one.bytes.length;
    }

    private @Nullable JournalException refusal(Waiting one) {
        if (closed) {
            return new JournalException("The journal is closed: the server is stopping.");
        }
        if (broken == null
                && limit < Long.MAX_VALUE
                && one.journalRecord instanceof Published
                && segments.bytes() + waitingBytes + one.bytes.length > limit) {
            compaction.wanted();
            return new JournalFullException(
                    ("The journal has reached its limit of %d bytes, and messages that are not yet acknowledged"
                                    + " or that are retained fill it. Publishing goes on when enough of them are"
                                    + " done with; or start the server with a higher limit.")
                            .formatted(limit));
        }
        return broken;
    }

    @Override
    public void leaveHeap(List<? extends Payload> leaving, List<? extends Payload> staying) {
        // they stand in the segments already
        leaving.forEach(payload -> payload.leaveHeap(payloads));
    }

    private void write() {
        for (List<Waiting> group = next(); group != null; group = next()) {
            List<Waiting> written = group;
            @Nullable JournalException reason = writeGroup(written);
            if (reason == null) {
                executor.execute(() -> written.forEach(FileJournal::durable));
            } else {
                executor.execute(() -> written.forEach(one -> failed(one, reason)));
            }
        }
    }

    /** Everything that waits; null when the journal is closed and all is written. */
    private @Nullable List<Waiting> next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                arrived.awaitUninterruptibly();
            }
            linger();
            if (waiting.isEmpty()) {
                return null;
            }
            List<Waiting> group = waiting;
            waiting = new ArrayList<>();
            waitingBytes = 0;
            urgent = false;
            return group;
        } finally {
            lock.unlock();
        }
    }

    /** Lets what has time gather, until something comes that has none. */
    private void linger() {
        long left = SOON_NANOS;
        try {
            while (!urgent && !closed && left > 0) {
                left = arrived.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            LOG.debug("Interrupted while gathering; writing at once is always right", e);
        }
    }

    /** Returns what stopped it, if anything did. */
    private @Nullable JournalException writeGroup(List<Waiting> group) {
        if (broken != null) {
            return broken;
        }
        try {
            if (writer.roll()) {
                compaction.sealed();
            }
            writer.begin();
            for (Waiting one : group) {
                one.location = writer.put(one.journalRecord, one.bytes);
            }
            writer.commit();
            if (writer.acknowledgedMuch()) {
                compaction.wanted();
            }
            if (failing) {
                failing = false;
                LOG.info("The journal is written again");
            }
            return null;
        } catch (JournalException e) {
            return fail(e);
        } catch (IOException e) {
            return undo(group, e);
        }
    }

    /** What was written of the group goes; the next one is tried again, for there may be room. */
    private JournalException undo(List<Waiting> group, IOException cause) {
        try {
            writer.undo();
        } catch (IOException e) {
            cause.addSuppressed(e);
            return fail(cause);
        }
        JournalFullException reason =
                new JournalFullException(
                        "The journal cannot be written at the moment: %s: %s. Make room on its disk; it goes on by itself then."
                                .formatted(writer.file(), cause.getMessage()),
                        cause);
        if (!failing) {
            failing = true;
            LOG.error(reason.getMessage());
        }
        lock.lock();
        try {
            if (!closed) {
                // acknowledgements were given already: they wait for room
                waiting.addAll(0, group.stream().filter(one -> one.commit == null).toList());
            }
        } finally {
            lock.unlock();
        }
        return reason;
    }

    private JournalException fail(Exception cause) {
        JournalException reason =
                new JournalException(
                        "The journal cannot be written any more: "
                                + writer.file()
                                + ": "
                                + cause.getMessage()
                                + ". Make room or repair the disk, then start the server again.",
                        cause);
        LOG.error(reason.getMessage());
        lock.lock();
        try {
            broken = reason;
        } finally {
            lock.unlock();
        }
        return reason;
    }

    private static void durable(Waiting one) {
        if (one.commit != null) {
            try {
                one.commit.durableAt(one.location);
            } catch (RuntimeException e) {
                // one caller's trouble must not take away the others' answers
                LOG.error("What followed a write to the journal failed", e);
            }
        }
    }

    private static void failed(Waiting one, JournalException reason) {
        if (one.commit != null) {
            one.commit.failed(reason);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
        compaction.close();
        try {
            thread.join();
            if (broken == null) {
                writer.end();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | JournalException e) {
            LOG.warn("The journal's last mark could not be written to {}", writer.file(), e);
        } finally {
            release();
        }
    }

    private void release() {
        try {
            payloads.closeAll();
            directoryLock.close();
        } catch (IOException e) {
            LOG.warn("The journal's files could not be closed", e);
        }
    }
}
