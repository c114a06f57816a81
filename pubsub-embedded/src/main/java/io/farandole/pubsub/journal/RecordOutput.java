package io.farandole.pubsub.journal;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Writes records to a file one behind the other, in large pieces. */
final class RecordOutput {

    private final ByteBuffer staging;
    private final Disk.OpenFile file;
    private long drained;

    /** {@code staging} may be used for other files in turn. */
    RecordOutput(Disk.OpenFile file, long position, ByteBuffer staging) {
        this.file = file;
        this.drained = position;
        this.staging = staging.clear();
    }

    /** Where the next record will start. */
    long position() {
        return drained + staging.position();
    }

    void put(byte[] bytes) throws IOException {
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

    /** Everything before it has to be safe, or to become so in the same step as the mark. */
    void putMark() throws IOException {
        put(RecordFormat.mark(position()));
    }

    void drain() throws IOException {
        staging.flip();
        int length = staging.remaining();
        file.write(staging, drained);
        drained += length;
        staging.clear();
    }

    /** Forgets what was put since then. */
    void backTo(long position) {
        staging.clear();
        drained = position;
    }
}
