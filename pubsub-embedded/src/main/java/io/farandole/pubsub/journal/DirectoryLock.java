package io.farandole.pubsub.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One writer per directory: a lock that the operating system drops when the process dies. */
final class DirectoryLock implements Disk.Lock {

    /**
     * The directories that this JVM has: the system's lock belongs to the process, and closing a
     * second handle of the file would drop it, so a second server in the same JVM must not get as
     * far as opening it.
     */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    static DirectoryLock take(Path given) throws IOException {
        Path directory = given.toRealPath();
        if (!OURS.add(directory)) {
            throw inUse(directory, "this very process");
        }
        boolean taken = false;
        try {
            DirectoryLock lock = new DirectoryLock(directory, lock(directory));
            taken = true;
            return lock;
        } finally {
            if (!taken) {
                OURS.remove(directory);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        OURS.remove(directory);
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve("journal.lock"), CREATE, READ, WRITE);
        boolean taken = false;
        try {
            if (channel.tryLock() == null) {
                throw inUse(directory, "process " + holder(channel));
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(
                            Long.toString(ProcessHandle.current().pid()).getBytes(US_ASCII)),
                    0);
            taken = true;
            return channel;
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    private static JournalException inUse(Path directory, String holder) {
        return new DirectoryInUseException(
                "The journal directory %s is in use by %s. Stop the server there, or start with another directory."
                        .formatted(directory, holder));
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        channel.read(pid, 0);
        String text = new String(pid.array(), 0, pid.position(), US_ASCII);
        return text.isEmpty() ? "(unknown)" : text;
    }
}
