package io.farandole.pubsub.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes groups of records to the last segment, and begins a new one when that is full. */
final class SegmentWriter {

    private final Disk disk;
    private final long segmentBytes;
    private final PayloadFiles payloads;
    private final Segments segments;
    private final Asking asking;
    private final ByteBuffer staging;
    private StoredSegment active;
    private RecordOutput out;
    private final List<JournalRecord> group = new ArrayList<>();

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
        group.forEach(active::holds);
        active.bytes(out.position());
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
