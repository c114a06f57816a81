package io.farandole.pubsub.journal;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A piece of a file that moves along as it is read; no mapping, for another process may cut the
 * file meanwhile.
 */
final class Window {

    private static final int SIZE = 1 << 20;

    private final Disk.OpenFile file;
    private final long length;
    private ByteBuffer bytes = ByteBuffer.allocate(SIZE).limit(0);
    private long start;

    /** Sees what the file holds now. */
    Window(Disk.OpenFile file) throws IOException {
        this.file = file;
        this.length = file.size();
    }

    long length() {
        return length;
    }

    /** The bytes from there on; valid until the next call. */
    ByteBuffer at(long position, int size) throws IOException {
        if (position < start || position + size > start + bytes.limit()) {
            load(position, size);
        }
        return bytes.slice((int) (position - start), size);
    }

    int intAt(long position) throws IOException {
        return at(position, Integer.BYTES).getInt(0);
    }

    private void load(long position, int size) throws IOException {
        if (size > bytes.capacity()) {
            bytes = ByteBuffer.allocate(size);
        }
        bytes.clear();
        start = position;
        boolean more = true;
        while (more && bytes.hasRemaining()) {
            more = file.read(bytes, position + bytes.position()) >= 0;
        }
        bytes.flip();
        if (bytes.limit() < size) {
            throw new IOException("the file was cut while it was read");
        }
    }
}
