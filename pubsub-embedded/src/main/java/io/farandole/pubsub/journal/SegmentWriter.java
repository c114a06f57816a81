package io.farandole.pubsub.journal;

import io.farandole.pubsub.journal.JournalRecord.Acknowledged;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes groups of records to the last segment, and begins a new one when that is full. */
final class SegmentWriter {

    private static final int TYPICAL_MESSAGE = 300;

    private final Disk disk;
    private final long segmentBytes;
    private final PayloadFiles payloads;
    private final Segments segments;
    private final Asking asking;
    private final ByteBuffer staging;
    private StoredSegment active;
    private RecordOutput out;
    private final List<JournalRecord> group = new ArrayList<>();
    private long acknowledgements;

    SegmentWriter(
            JournalFiles files,
            PayloadFiles payloads,
            Segments segments,
            Asking asking,
            ByteBuffer staging) {
        this.disk = files.disk();
        this.segmentBytes = files.segmentBytes();
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
    }

    /** A last mark: after a clean end, every damage is told from a write cut short. */
    void end() throws IOException {
        begin();
        commit();
    }
}
