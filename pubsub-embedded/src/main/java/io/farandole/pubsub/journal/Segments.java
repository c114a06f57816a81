package io.farandole.pubsub.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The journal's segments: the one that is written, and before it those that are sealed, in order.
 */
final class Segments {

    private final Disk disk;
    private final PayloadFiles payloads;
    private final List<StoredSegment> sealed = new ArrayList<>();
    private StoredSegment active;

    private Segments(Disk disk, PayloadFiles payloads, StoredSegment active) {
        this.disk = disk;
        this.payloads = payloads;
        this.active = active;
    }

    /** All of them in order, the last of which goes on being written. */
    static Segments of(Disk disk, PayloadFiles payloads, List<StoredSegment> all) {
        Segments segments = new Segments(disk, payloads, all.getLast());
        segments.sealed.addAll(all.subList(0, all.size() - 1));
        return segments;
    }

    /**
     * Makes a segment that begins with these records. It gets its name when all of that is safe: so
     * there is never one without its beginning.
     *
     * @throws JournalException when it is unknown whether it has its name
     */
    static StoredSegment create(
            Disk disk,
            PayloadFiles payloads,
            Segment segment,
            List<JournalRecord> beginning,
            ByteBuffer staging)
            throws IOException {
        Disk.OpenFile file = disk.open(segment.unfinished());
        boolean created = false;
        try {
            file.truncate(0);
            RecordOutput out = new RecordOutput(file, 0, staging);
            out.put(Segment.signature());
            for (JournalRecord journalRecord : beginning) {
                out.put(RecordFormat.encode(journalRecord));
            }
            out.putMark();
            out.drain();
            file.force();
            disk.rename(segment.unfinished(), segment.file());
            forceNames(disk, segment);
            StoredSegment stored = new StoredSegment(segment, file, payloads);
            stored.bytes(out.position());
            created = true;
            return stored;
        } finally {
            if (!created) {
                file.close();
                disk.delete(segment.unfinished());
            }
        }
    }

    static void forceNames(Disk disk, Segment segment) {
        try {
            disk.forceNames(segment.directory());
        } catch (IOException e) {
            throw new JournalException(
                    "It is unknown whether "
                            + segment.file()
                            + " would be there after a crash: "
                            + e.getMessage(),
                    e);
        }
    }

    synchronized StoredSegment active() {
        return active;
    }

    synchronized void seal(StoredSegment next) {
        sealed.add(active);
        active = next;
    }

    synchronized List<StoredSegment> sealed() {
        return List.copyOf(sealed);
    }

    synchronized long bytes() {
        long bytes = active.bytes();
        for (StoredSegment segment : sealed) {
            bytes += segment.bytes();
        }
        return bytes;
    }

    /** Removes the first one; later ones do not need it. */
    void removeFirst() throws IOException {
        StoredSegment first = sealed().getFirst();
        disk.delete(first.segment.file());
        // one at a time: after a crash there must be no hole
        forceNames(disk, first.segment);
        synchronized (this) {
            sealed.removeFirst();
        }
        payloads.close(first.fileNumber);
    }

    /** The name is another file's now, and nobody's payload stands in the old one. */
    void replace(StoredSegment old, StoredSegment compacted) throws IOException {
        synchronized (this) {
            sealed.set(sealed.indexOf(old), compacted);
        }
        payloads.close(old.fileNumber);
    }
}
