package io.farandole.pubsub.journal;

import io.farandole.pubsub.journal.JournalRecord.Acknowledged;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes groups of records to the last segment, and begins a new one when that is full. */
final class SegmentWriter {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentWriter.class);
    private static final int TYPICAL_MESSAGE = 300;
    private static final int SMALL_GROUP = 1 << 16;
    private static final int AHEAD = 1 << 20;
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(AHEAD).asReadOnlyBuffer();

    private final Disk disk;
    private final long segmentBytes;
    private final int ahead;
    private final PayloadFiles payloads;
    private final Segments segments;
    private final Asking asking;
    private final ByteBuffer staging;
    private StoredSegment active;
    private RecordOutput out;
    private final List<JournalRecord> group = new ArrayList<>();
    private long acknowledgements;

    /** Up to there the file has zeros that were forced to disk. */
    private long allocated;

    SegmentWriter(
            JournalFiles files,
            PayloadFiles payloads,
            Segments segments,
            Asking asking,
            ByteBuffer staging) {
        this.disk = files.disk();
        this.segmentBytes = files.segmentBytes();
        // Where bytes are counted, none is spent on what may never be needed.
        this.ahead = files.limit() < Long.MAX_VALUE ? 0 : (int) Math.min(AHEAD, segmentBytes);
        this.payloads = payloads;
        this.segments = segments;
        this.asking = asking;
        this.staging = staging;
        this.active = segments.active();
        this.out = new RecordOutput(active.file, active.bytes(), staging);
    }

    Path file() {
        return active.segment.file();
    }

    /** Begins a new segment if the present one is full, and says whether it did. */
    boolean roll() throws IOException {
        if (active.bytes() <= segmentBytes) {
            return false;
        }
        StoredSegment next =
                Segments.create(
                        disk,
                        payloads,
                        active.segment.next(),
                        asking.inOrder(JournaledState::beginning),
                        staging);
        active = next;
        out = new RecordOutput(next.file, next.bytes(), staging);
        allocated = next.bytes();
        segments.seal(next);
        return true;
    }

    /** Begins a group: everything before it is safe. */
    void begin() throws IOException {
        group.clear();
        out.putMark();
    }

    /** Returns where the record will stand. */
    long put(JournalRecord journalRecord, byte[] bytes) throws IOException {
        long location = PayloadFiles.location(active.fileNumber, out.position());
        out.put(bytes);
        group.add(journalRecord);
        return location;
    }

    /**
     * Returns once the group is safe from a crash.
     *
     * @throws JournalException when that is unknown
     */
    void commit() throws IOException {
        out.drain();
        allocate();
        try {
            active.file.force();
        } catch (IOException e) {
            // what the system still believes to be on disk may not be there: writing on would hide
            // it
            throw new JournalException(String.valueOf(e.getMessage()), e);
        }
        for (JournalRecord journalRecord : group) {
            active.holds(journalRecord);
            if (journalRecord instanceof Acknowledged acknowledged) {
                acknowledgements += acknowledged.messageIds().length;
            }
        }
        active.bytes(out.position());
    }

    /**
     * Forcing bytes that take the place of zeros is two to three times as quick as forcing a file
     * that grows, for the file system need not write its own books. So room is made ahead, now and
     * then, while groups are small; large ones would only be written twice.
     */
    private void allocate() {
        long end = out.position();
        if (ahead == 0
                || end - active.bytes() > SMALL_GROUP
                || end + Math.min(SMALL_GROUP, ahead) <= allocated) {
            return;
        }
        long from = Math.max(end, allocated);
        try {
            active.file.write(ZEROS.duplicate().limit((int) (end + ahead - from)), from);
            allocated = end + ahead;
        } catch (IOException e) {
            // no room for zeros: what is to be forced has its place already
            allocated = end;
            LOG.debug("No room is made ahead in {}", active.segment.file(), e);
        }
    }

    /**
     * Whether so many messages were acknowledged since it last said so that a segment may be dead.
     */
    boolean acknowledgedMuch() {
        if (acknowledgements < segmentBytes / TYPICAL_MESSAGE) {
            return false;
        }
        acknowledgements = 0;
        return true;
    }

    /** Takes back what was written of a group. */
    void undo() throws IOException {
        active.file.truncate(active.bytes());
        active.file.force();
        out.backTo(active.bytes());
        allocated = active.bytes();
    }

    /**
     * A last mark, and nothing behind it: after a clean end, every damage is told from a write cut
     * short.
     */
    void end() throws IOException {
        begin();
        commit();
        active.file.truncate(active.bytes());
        active.file.force();
    }
}
