package io.farandole.pubsub.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The open files in which payloads stand, by number; a file that is written anew gets a new number,
 * so that a location never means two things.
 */
final class PayloadFiles {

    private final ConcurrentHashMap<Integer, Disk.OpenFile> files = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();

    static long location(int file, long offset) {
        return (long) file << Integer.SIZE | Math.toIntExact(offset);
    }

    static int file(long location) {
        return (int) (location >>> Integer.SIZE);
    }

    static int offset(long location) {
        return (int) location;
    }

    int add(Disk.OpenFile file) {
        int number = numbers.incrementAndGet();
        files.put(number, file);
        return number;
    }

    /** No payload that anyone holds stands there any more. */
    void close(int number) throws IOException {
        Disk.@Nullable OpenFile file = files.remove(number);
        if (file != null) {
            file.close();
        }
    }

    void closeAll() throws IOException {
        for (Integer number : files.keySet()) {
            close(number);
        }
    }

    byte[] read(Payload payload) {
        while (true) {
            long location = payload.location();
            try {
                Disk.@Nullable OpenFile file = files.get(file(location));
                if (file == null) {
                    throw new ClosedChannelException();
                }
                return read(file, offset(location), payload.size());
            } catch (IOException e) {
                if (location == payload.location()) {
                    throw new JournalException(
                            "Message %d cannot be read back: %s".formatted(payload.id(), e), e);
                }
                // it moved to another file meanwhile
            }
        }
    }

    private static byte[] read(Disk.OpenFile file, long offset, int size) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(size);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, offset + bytes.position()) < 0) {
                throw new IOException("the file ends before offset " + (offset + size));
            }
        }
        return bytes.array();
    }
}
