package io.farandole.pubsub.journal;

import com.carrotsearch.hppc.LongHashSet;
import com.carrotsearch.hppc.LongLongHashMap;
import io.farandole.pubsub.journal.JournalRecord.Acknowledged;
import io.farandole.pubsub.journal.JournalRecord.Published;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A sealed segment written anew, in the same order, without the messages that nobody holds and
 * without the acknowledgements of messages that stand nowhere in the journal any more.
 */
final class SegmentCopy {

    private final Disk disk;
    private final PayloadFiles payloads;
    private final StoredSegment original;
    private final List<StoredSegment> all;
    private final Disk.OpenFile file;
    private final StoredSegment copy;

    private final RecordOutput out;
    private final LongHashSet liveAt = new LongHashSet();

    /** Where what stood there stands in the copy. */
    private final LongLongHashMap moves = new LongLongHashMap();

    SegmentCopy(
            Disk disk,
            PayloadFiles payloads,
            StoredSegment original,
            List<StoredSegment> all,
            ByteBuffer staging)
            throws IOException {
        this.disk = disk;
        this.payloads = payloads;
        this.original = original;
        this.all = all;
        this.file = disk.open(original.segment.unfinished());
        this.copy = new StoredSegment(original.segment, file, payloads);
        this.out = new RecordOutput(file, 0, staging);
    }

    /** Writes it under its other name, and returns by how much it is shorter. */
    long write(List<Payload> live) throws IOException {
        boolean written = false;
        try {
            live.forEach(payload -> liveAt.add(payload.location()));
            file.truncate(0);
            out.put(Segment.signature());
            Segment.Walk walk = original.segment.walk(original.file, 0, this::copy);
            if (walk.torn()) {
                throw original.segment.damaged(walk.end(), "a record is corrupt");
            }
            out.putMark();
            out.drain();
            file.force();
            copy.bytes(out.position());
            written = true;
            return original.bytes() - copy.bytes();
        } finally {
            if (!written) {
                discard();
            }
        }
    }

    void discard() throws IOException {
        payloads.close(copy.fileNumber);
        disk.delete(original.segment.unfinished());
    }

    /** From here on the copy is the segment, for readers of files and for payloads. */
    StoredSegment takeThePlace(List<Payload> live) throws IOException {
        disk.rename(original.segment.unfinished(), original.segment.file());
        // before anything that follows from the messages' being gone, as in later segments
        Segments.forceNames(disk, original.segment);
        live.forEach(
                payload ->
                        payload.moved(moves.getOrDefault(payload.location(), payload.location())));
        return copy;
    }

    private void copy(JournalRecord journalRecord, long offset) throws IOException {
        switch (journalRecord) {
            case Published published ->
                    copy(
                            published,
                            published.locations(
                                    PayloadFiles.location(original.fileNumber, offset)));
            case Acknowledged(var subscription, var ids) -> {
                long[] needed = LongStream.of(ids).filter(this::stands).toArray();
                if (needed.length > 0) {
                    put(new Acknowledged(subscription, needed));
                }
            }
            default -> put(journalRecord);
        }
    }

    /** Runs of live messages become requests of their own. */
    private void copy(Published published, long[] locations) throws IOException {
        int from = 0;
        while (from < locations.length) {
            int to = from;
            while (to < locations.length && liveAt.contains(locations[to])) {
                to++;
            }
            if (to == from) {
                from++;
            } else {
                copy(published, locations, from, to);
                from = to;
            }
        }
    }

    private void copy(Published published, long[] locations, int from, int to) throws IOException {
        Published kept =
                new Published(
                        published.topic(),
                        published.firstId() + from,
                        published.orderingKey(),
                        published.publishedAtMillis(),
                        published.messages().subList(from, to));
        long[] places = kept.locations(put(kept));
        for (int i = 0; i < places.length; i++) {
            moves.put(locations[from + i], places[i]);
        }
    }

    private long put(JournalRecord journalRecord) throws IOException {
        long location = PayloadFiles.location(copy.fileNumber, out.position());
        out.put(RecordFormat.encode(journalRecord));
        copy.holds(journalRecord);
        return location;
    }

    /** Whether the message is in the journal still: then so has to be that it was acknowledged. */
    private boolean stands(long id) {
        if (copy.ids.contains(id)) {
            return true;
        }
        for (StoredSegment segment : all) {
            if (segment == original) {
                return false;
            }
            if (segment.ids.contains(id)) {
                return true;
            }
        }
        return false;
    }
}
