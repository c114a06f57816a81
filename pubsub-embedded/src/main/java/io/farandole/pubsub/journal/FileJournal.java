package io.farandole.pubsub.journal;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends to segment files; one thread writes and forces whatever waits, so that many publishes
 * share one fsync.
 */
final class FileJournal implements Journal {

    private static final Logger LOG = LoggerFactory.getLogger(FileJournal.class);
    static final long SEGMENT_BYTES = 64L << 20;
    private static final long SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** An encoded record, and whom to tell. */
    private static final class Waiting {
        final byte[] bytes;
        final @Nullable Commit commit;

        Waiting(byte[] bytes, @Nullable Commit commit) {
            this.bytes = bytes;
            this.commit = commit;
        }
    }

    private final DirectoryLock directoryLock;
    private final long segmentBytes;
    private final Executor executor;
    private final Thread writer;
    private final ByteBuffer staging = ByteBuffer.allocateDirect(1 << 20);
    private Segment segment;
    private FileChannel channel;
    private long position;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private List<Waiting> waiting = new ArrayList<>();
    private boolean urgent;
    private boolean closed;
    private @Nullable JournalException broken;

    private FileJournal(
            DirectoryLock directoryLock,
            Segment segment,
            FileChannel channel,
            Executor executor,
            long segmentBytes)
            throws IOException {
        this.directoryLock = directoryLock;
        this.segment = segment;
        this.channel = channel;
        this.position = channel.size();
        this.executor = executor;
        this.segmentBytes = segmentBytes;
        this.writer =
                Thread.ofPlatform().name("pubsub-embedded-journal").daemon().unstarted(this::write);
    }

    static FileJournal open(
            Path directory, Consumer<JournalRecord> replay, Executor executor, long segmentBytes) {
        try {
            Files.createDirectories(directory);
            DirectoryLock directoryLock = DirectoryLock.take(directory);
            boolean opened = false;
            try {
                Segment last = replay(directory, replay);
                FileJournal journal =
                        new FileJournal(
                                directoryLock, last, openForAppend(last), executor, segmentBytes);
                journal.writer.start();
                opened = true;
                return journal;
            } finally {
                if (!opened) {
                    directoryLock.close();
                }
            }
        } catch (IOException e) {
            throw new JournalException(
                    "The journal in " + directory + " cannot be opened: " + e, e);
        }
    }

    private static Segment replay(Path directory, Consumer<JournalRecord> replay)
            throws IOException {
        List<Segment> segments = Segment.in(directory);
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            if (segment.number() != segments.getFirst().number() + i) {
                throw new JournalException(
                        "The journal in "
                                + directory
                                + " has a hole: the file before "
                                + segment.file()
                                + " is missing. Put it back from a copy, or move the directory away.");
            }
            Segment.Walk walk = segment.walk(0, replay);
            if (walk.torn()) {
                if (i < segments.size() - 1) {
                    throw segment.damaged(
                            walk.end(), "a record is corrupt, and there are later files");
                }
                LOG.warn(
                        "Journal {}: the last write was cut short by a crash; {} bytes after offset {} are dropped"
                                + " (no publish in them was ever acknowledged)",
                        segment.file(),
                        walk.length() - walk.end(),
                        walk.end());
                cut(segment, walk.end());
            }
        }
        return segments.isEmpty() ? new Segment(directory, 1) : segments.getLast();
    }

    private static void cut(Segment segment, long end) throws IOException {
        try (FileChannel channel = FileChannel.open(segment.file(), WRITE)) {
            channel.truncate(end);
            channel.force(true);
        }
    }

    private static FileChannel openForAppend(Segment segment) throws IOException {
        FileChannel channel = FileChannel.open(segment.file(), CREATE, READ, WRITE);
        if (channel.size() == 0) {
            channel.write(Segment.signature(), 0);
            channel.force(true);
            try (FileChannel directory = FileChannel.open(segment.directory(), READ)) {
                directory.force(true);
            }
        }
        channel.position(channel.size());
        return channel;
    }

    @Override
    public void append(JournalRecord journalRecord, Commit commit) {
        byte[] bytes = RecordFormat.encode(journalRecord);
        @Nullable JournalException refused;
        lock.lock();
        try {
            refused = refusal();
            if (refused == null) {
                waiting.add(new Waiting(bytes, commit));
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
        byte[] bytes = RecordFormat.encode(journalRecord);
        lock.lock();
        try {
            if (refusal() == null) {
                waiting.add(new Waiting(bytes, null));
                if (waiting.size() == 1) {
                    arrived.signal();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private @Nullable JournalException refusal() {
        return closed
                ? new JournalException("The journal is closed: the server is stopping.")
                : broken;
    }

    private void write() {
        for (List<Waiting> group = next(); group != null; group = next()) {
            List<Waiting> written = group;
            try {
                writeGroup(written);
                executor.execute(() -> written.forEach(FileJournal::durable));
            } catch (IOException e) {
                JournalException reason = fail(e);
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

    private void writeGroup(List<Waiting> group) throws IOException {
        if (broken != null) {
            throw new IOException(broken.getMessage());
        }
        if (position > segmentBytes) {
            channel.close();
            segment = segment.next();
            channel = openForAppend(segment);
            position = channel.size();
        }
        put(RecordFormat.mark(position));
        for (Waiting one : group) {
            put(one.bytes);
        }
        drain();
        channel.force(false);
        position = channel.position();
    }

    private void put(byte[] bytes) throws IOException {
        int done = 0;
        while (done < bytes.length) {
            if (!staging.hasRemaining()) {
                drain();
            }
            int part = Math.min(staging.remaining(), bytes.length - done);
            staging.put(bytes, done, part);
            done += part;
        }
    }

    private void drain() throws IOException {
        staging.flip();
        while (staging.hasRemaining()) {
            channel.write(staging);
        }
        staging.clear();
    }

    private JournalException fail(IOException cause) {
        JournalException reason =
                new JournalException(
                        "The journal cannot be written any more: "
                                + segment.file()
                                + ": "
                                + cause.getMessage()
                                + ". Make room or repair the disk, then start the server again.",
                        cause);
        LOG.error("{}", reason.getMessage(), cause);
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
                one.commit.durable();
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
        try {
            writer.join();
            if (broken == null) {
                // a last mark: after a clean end, every damage is told from a write cut short
                put(RecordFormat.mark(position));
                drain();
                channel.force(true);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("The journal's last mark could not be written to {}", segment.file(), e);
        } finally {
            release();
        }
    }

    private void release() {
        try {
            channel.close();
            directoryLock.close();
        } catch (IOException e) {
            LOG.warn("The journal's files could not be closed", e);
        }
    }
}
