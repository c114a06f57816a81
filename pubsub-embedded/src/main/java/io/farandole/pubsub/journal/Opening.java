package io.farandole.pubsub.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens what a directory holds: replays it, drops what a crash cut short, and makes what lacks. */
final class Opening {

    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    private final Path directory;
    private final Disk disk;
    private final PayloadFiles payloads;
    private final JournaledState state;

    Opening(JournalFiles files, PayloadFiles payloads, JournaledState state) {
        this.directory = files.directory;
        this.disk = files.disk();
        this.payloads = payloads;
        this.state = state;
    }

    Segments open(ByteBuffer staging) throws IOException {
        for (Path unfinished : Segment.unfinishedIn(disk, directory)) {
            disk.delete(unfinished);
        }
        List<StoredSegment> stored = new ArrayList<>();
        List<Segment> segments = Segment.in(disk, directory);
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
            StoredSegment read = new StoredSegment(segment, disk.open(segment.file()), payloads);
            if (replay(read, i == segments.size() - 1)) {
                stored.add(read);
            } else {
                payloads.close(read.fileNumber);
            }
        }
        if (stored.size() < segments.size() || segments.isEmpty()) {
            Segment last = segments.isEmpty() ? new Segment(directory, 1) : segments.getLast();
            stored.add(Segments.create(disk, payloads, last, state.beginning(), staging));
        }
        return Segments.of(disk, payloads, stored);
    }

    /** Says whether there is anything in it. */
    private boolean replay(StoredSegment stored, boolean last) throws IOException {
        Segment segment = stored.segment;
        Segment.Walk walk =
                segment.walk(
                        stored.file,
                        0,
                        (journalRecord, offset) -> {
                            stored.holds(journalRecord);
                            state.replay(
                                            journalRecord,
                                            PayloadFiles.location(stored.fileNumber, offset))
                                    .forEach(payload -> payload.leaveHeap(payloads));
                        });
        if (walk.torn()) {
            if (!last) {
                throw segment.damaged(walk.end(), "a record is corrupt, and there are later files");
            }
            LOG.warn(
                    "Journal {}: the last write was cut short by a crash; {} bytes after offset {} are dropped"
                            + " (no publish in them was ever acknowledged)",
                    segment.file(),
                    walk.length() - walk.end(),
                    walk.end());
            stored.file.truncate(walk.end());
            stored.file.force();
        }
        stored.bytes(walk.end());
        return walk.end() > 0;
    }
}
