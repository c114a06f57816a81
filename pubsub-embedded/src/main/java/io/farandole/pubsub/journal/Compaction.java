package io.farandole.pubsub.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes room on a thread of its own: first segments that hold nothing any more go, and those that
 * hold little are written anew without the rest. A segment is always replaced in one step, so a
 * crash leaves the old one or the new one.
 */
final class Compaction {

    private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

    private final Disk disk;
    private final PayloadFiles payloads;
    private final Segments segments;
    private final Asking asking;
    private final long limit;
    private final Thread thread;
    private final ByteBuffer staging = ByteBuffer.allocate(1 << 18);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** At the start, too: the one before may have left something. */
    private boolean wanted = true;

    private volatile boolean closed;

    private volatile long worthALookAt;

    private volatile long copying;

    /** How much it has dropped so far. */
    private long dropped;

    Compaction(Disk disk, PayloadFiles payloads, Segments segments, Asking asking, long limit) {
        this.disk = disk;
        this.payloads = payloads;
        this.segments = segments;
        this.asking = asking;
        this.limit = limit;
        this.thread =
                Thread.ofPlatform()
                        .name("pubsub-embedded-compaction")
                        .daemon()
                        .unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    /**
     * A segment was sealed. To look for what is dead costs something, so the journal has to grow.
     */
    void sealed() {
        if (segments.bytes() >= worthALookAt) {
            wanted();
        }
    }

    /** There is something to do: much was acknowledged, or publishing was refused. */
    void wanted() {
        lock.lock();
        try {
            wanted = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** What the copy of a segment takes at most, while there is one. */
    long copying() {
        return copying;
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        while (awaitWork()) {
            try {
                pass();
                worthALookAt = segments.bytes() / 4 * 5;
            } catch (IOException e) {
                LOG.warn("The journal could not be compacted this time: {}", e.getMessage(), e);
            } catch (RuntimeException | Error e) {
                // without this thread the journal would only grow
                LOG.error("The journal could not be compacted", e);
            }
        }
    }

    private boolean awaitWork() {
        lock.lock();
        try {
            while (!wanted && !closed) {
                changed.awaitUninterruptibly();
            }
            wanted = false;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Looks at all sealed segments once, from the first on. */
    private void pass() throws IOException {
        List<StoredSegment> sealed = segments.sealed();
        if (sealed.isEmpty()) {
            return;
        }
        LivePayloads live = asking.inOrder(state -> LivePayloads.in(sealed, state));
        boolean first = true;
        for (StoredSegment segment : sealed) {
            if (closed) {
                return;
            }
            first &= live.of(segment).isEmpty();
            if (first) {
                dropped += segment.bytes();
                segments.removeFirst();
            } else if (isWorthwhile(segment, live)) {
                compact(segment, live);
            }
        }
    }

    private boolean isWorthwhile(StoredSegment segment, LivePayloads live) {
        long gone = segment.payloadBytes() - live.bytesOf(segment);
        if (dropped >= segment.worthALookAt) {
            gone += segment.acknowledgementBytes();
        }
        boolean pressed = segments.bytes() > limit - limit / 4;
        return gone > 0 && gone >= segment.bytes() / (pressed ? 16 : 2);
    }

    private void compact(StoredSegment segment, LivePayloads live) throws IOException {
        copying = segment.bytes();
        try {
            copy(segment, live);
        } finally {
            copying = 0;
        }
    }

    private void copy(StoredSegment segment, LivePayloads live) throws IOException {
        SegmentCopy copy = new SegmentCopy(disk, payloads, segment, segments.sealed(), staging);
        long gained = copy.write(live.of(segment));
        if (gained < segment.bytes() / 16) {
            copy.discard();
            // what it holds of acknowledgements is still needed; later segments have to shrink
            // first
            segment.worthALookAt = dropped + segment.bytes();
            return;
        }
        StoredSegment compacted = copy.takeThePlace(live.of(segment));
        segments.replace(segment, compacted);
        dropped += gained;
        compacted.worthALookAt = dropped + compacted.bytes();
    }
}
