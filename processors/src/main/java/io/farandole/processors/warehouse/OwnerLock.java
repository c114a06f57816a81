package io.farandole.processors.warehouse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One directory, one owner: held by the operating system, let go by any death. */
final class OwnerLock implements AutoCloseable {

    // A second channel on a locked file would, when closed, drop this process's own lock: so it is
    // never opened.
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private OwnerLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * @throws IOException if another owns it, here or in another process
     */
    static OwnerLock take(Path directory) throws IOException {
        Path file = directory.toRealPath().resolve("owner");
        if (!HELD_HERE.add(file)) {
            throw owned(directory, "this process already");
        }
        try {
            FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw owned(directory, "process " + Files.readString(file).strip());
            }
            channel.truncate(0);
            String pid = Long.toString(ProcessHandle.current().pid());
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)));
            return new OwnerLock(file, channel);
        } catch (IOException e) {
            HELD_HERE.remove(file);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD_HERE.remove(file);
        }
    }

    private static IOException owned(Path directory, String owner) {
        return new IOException(
                "the warehouse in "
                        + directory
                        + " is owned by "
                        + owner
                        + "; only one process may write and read it: run 'archive' and what reads"
                        + " it there, or set another farandole.warehouse.directory");
    }
}
