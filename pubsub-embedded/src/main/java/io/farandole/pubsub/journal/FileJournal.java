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

    /** What is written and forced in one go; files stay well below 2 GiB with it. */
    private static final long MOST_AT_ONCE = 256L << 20;

    private final Disk.Lock directoryLock;
    private final long limit;
    private final long mostWaiting;
    private final Executor executor;
    private final PayloadFiles payloads;
    private final Segments segments;
    private final SegmentWriter writer;
    private final Compaction compaction;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private List<WaitingRecord> waiting = new ArrayList<>();

    /** Of all records that are not on disk, those that are being written among them. */
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
        this.mostWaiting = files.mostWaiting();
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
        @Nullable JournalException refused;
        try {
            refused = take(WaitingRecord.of(journalRecord, commit), true);
        } catch (JournalException e) {
            refused = e;
        }
        if (refused != null) {
            JournalException reason = refused;
            executor.execute(() -> commit.failed(reason));
        }
    }

    @Override
    public void appendSoon(JournalRecord journalRecord) {
        var _ = take(WaitingRecord.of(journalRecord, null), false);
    }

    /** Returns why they are refused, if they are. */
    private @Nullable JournalException take(List<WaitingRecord> records, boolean atOnce) {
        lock.lock();
        try {
            @Nullable JournalException refused = refusal(records.getFirst());
            if (refused == null) {
                if (atOnce ? !urgent : waiting.isEmpty()) {
                    arrived.signal();
                }
                urgent |= atOnce;
                waiting.addAll(records);
                waitingBytes += WaitingRecord.bytes(records);
            }
            return refused;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable JournalException refusal(WaitingRecord one) {
        if (closed) {
            return new JournalException("The journal is closed: the server is stopping.");
        }
        if (broken != null || !(one.journalRecord instanceof Published)) {
            return broken;
        }
        long waitingThen = waitingBytes + one.bytes.length;
        // one at a time goes on however long it is
        if (waitingBytes > 0 && waitingThen > mostWaiting) {
            return new JournalFullException(
                    ("The journal's disk does not keep up: %d bytes wait to be written to %s. Publishing goes on when"
                                    + " they are; if it does not, look at what holds up the disk.")
                            .formatted(waitingBytes, segments.active().segment.file()));
        }
        return limit == Long.MAX_VALUE ? null : refusalAtTheLimit(waitingThen);
    }

    private @Nullable JournalException refusalAtTheLimit(long waitingThen) {
        long bytes = segments.bytes() + waitingThen;
        if (bytes > limit) {
            compaction.wanted();
        }
        // a copy goes by itself: nothing has to be wanted for it
        return bytes + compaction.copying() <= limit
                ? null
                : new JournalFullException(
                        ("The journal has reached its limit of %d bytes, and messages that are not yet acknowledged"
                                        + " or that are retained fill it. Publishing goes on when enough of them are"
                                        + " done with; or start the server with a higher limit.")
                                .formatted(limit));
    }

    @Override
    public void leaveHeap(List<? extends Payload> leaving, List<? extends Payload> staying) {
        // they stand in the segments already
        leaving.forEach(payload -> payload.leaveHeap(payloads));
    }

    private void write() {
        for (List<WaitingRecord> group = next(); group != null; group = next()) {
            @Nullable JournalException failure = writeGroup(group);
            List<WaitingRecord> over = over(group, failure);
            executor.execute(() -> over.forEach(one -> one.answer(failure)));
        }
    }

    /** Everything that waits, or much of it; null when the journal is closed and all is written. */
    private @Nullable List<WaitingRecord> next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                arrived.awaitUninterruptibly();
            }
            linger();
            if (waiting.isEmpty()) {
                return null;
            }
            // nothing is being written now
            List<WaitingRecord> group = waitingBytes <= MOST_AT_ONCE ? waiting : beginning();
            waiting = new ArrayList<>(waiting.subList(group.size(), waiting.size()));
            urgent = !waiting.isEmpty();
            return group;
        } finally {
            lock.unlock();
        }
    }

    private List<WaitingRecord> beginning() {
        int count = 0;
        long bytes = 0;
        while (count < waiting.size() && bytes < MOST_AT_ONCE) {
            bytes += waiting.get(count++).bytes.length;
        }
        return waiting.subList(0, count);
    }

    /** Those of the group that are on disk or never will be; the others wait for room again. */
    private List<WaitingRecord> over(
            List<WaitingRecord> group, @Nullable JournalException failure) {
        lock.lock();
        try {
            List<WaitingRecord> over = group;
            if (failure instanceof JournalFullException && !closed) {
                waiting.addAll(0, group.stream().filter(WaitingRecord::waitsForRoom).toList());
                over = group.stream().filter(one -> !one.waitsForRoom()).toList();
            }
            // not before: for the limit it is neither in the files nor nowhere meanwhile
            waitingBytes -= WaitingRecord.bytes(over);
            return over;
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
    private @Nullable JournalException writeGroup(List<WaitingRecord> group) {
        try {
            return broken == null ? tryToWrite(group) : broken;
        } catch (JournalException e) {
            return fail(e, e.getMessage());
        } catch (RuntimeException | Error e) {
            // nobody knows what is written now; and without this thread, which goes on to answer,
            // every publish would wait for ever
            return fail(e, e.toString());
        }
    }

    private @Nullable JournalException tryToWrite(List<WaitingRecord> group) {
        try {
            if (writer.roll()) {
                compaction.sealed();
            }
            writer.begin();
            for (WaitingRecord one : group) {
                one.location = writer.put(one.journalRecord, one.bytes);
            }
            writer.commit();
        } catch (IOException e) {
            return undo(e);
        }
        if (writer.acknowledgedMuch()) {
            compaction.wanted();
        }
        if (failing) {
            failing = false;
            LOG.info("The journal is written again");
        }
        return null;
    }

    /** What was written of the group goes; the next one is tried again, for there may be room. */
    private JournalException undo(IOException cause) {
        try {
            writer.undo();
        } catch (IOException e) {
            cause.addSuppressed(e);
            return fail(cause, cause.getMessage());
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
        return reason;
    }

    private JournalException fail(Throwable cause, @Nullable String what) {
        JournalException reason =
                new JournalException(
                        "The journal cannot be written any more: "
                                + writer.file()
                                + ": "
                                + what
                                + ". Make room or repair the disk, then start the server again.",
                        cause);
        LOG.error(reason.getMessage(), cause);
        lock.lock();
        try {
            broken = reason;
        } finally {
            lock.unlock();
        }
        return reason;
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
