package io.farandole.pubsub.journal;

import java.nio.file.Path;

/** Where a journal is kept, and how much room it may take. */
public final class JournalFiles {

    private static final long SEGMENT_BYTES = 64L << 20;
    private static final int SEGMENTS_WITHIN_LIMIT = 8;

    private static final long MOST_WAITING = 256L << 20;
    private static final int PART_OF_HEAP = 8;

    final Path directory;
    private long limit = Long.MAX_VALUE;
    private long segmentBytes = SEGMENT_BYTES;
    private long mostWaiting =
            Math.min(MOST_WAITING, Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    private Disk disk = MachineDisk.INSTANCE;

    private JournalFiles(Path directory) {
        this.directory = directory;
    }

    /** In that directory, without a limit. */
    public static JournalFiles in(Path directory) {
        return new JournalFiles(directory);
    }

    /** Beyond so many bytes of files it takes no messages until some are done with. */
    public JournalFiles limit(long bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException(
                    "The journal's limit is " + bytes + " bytes, and has to be more than none.");
        }
        limit = bytes;
        return this;
    }

    JournalFiles segmentBytes(long bytes) {
        segmentBytes = bytes;
        return this;
    }

    JournalFiles mostWaiting(long bytes) {
        mostWaiting = bytes;
        return this;
    }

    JournalFiles disk(Disk other) {
        disk = other;
        return this;
    }

    long limit() {
        return limit;
    }

    /** Files are small enough that some of them can go while the journal stays within its limit. */
    long segmentBytes() {
        return Math.min(segmentBytes, limit / SEGMENTS_WITHIN_LIMIT);
    }

    /** Beyond so many bytes that wait for the disk no further messages are taken. */
    long mostWaiting() {
        return mostWaiting;
    }

    Disk disk() {
        return disk;
    }
}
