package io.farandole.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One directory, one process: held by the operating system, so that a kill lets it go. */
final class DirectoryLock implements AutoCloseable {

    // A second channel on a locked file would, when closed, drop this process's own lock: so it is
    // never opened.
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private DirectoryLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static DirectoryLock take(Layout layout) {
        return tryTake(layout.lock()).orElseThrow(() -> inUse(layout));
    }

    /** Nothing if another start, here or in another process, holds it. */
    static Optional<DirectoryLock> tryTake(Path file) {
        if (!HELD_HERE.add(file)) {
            return Optional.empty();
        }
        FileChannel channel = null;
        try {
            channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            LinkOption.NOFOLLOW_LINKS);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                letGo(file, channel);
                return Optional.empty();
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(
                            Long.toString(ProcessHandle.current().pid())
                                    .getBytes(StandardCharsets.US_ASCII)));
            return Optional.of(new DirectoryLock(file, channel));
        } catch (IOException e) {
            letGo(file, channel);
            throw new PostgresFault(
                    PostgresFault.Reason.FILES,
                    "Cannot lock "
                            + file
                            + ": it must be a file, no link, on a local disk that this user may write.",
                    e);
        }
    }

    @Override
    public void close() {
        letGo(file, channel);
    }

    private static void letGo(Path file, @Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException _) {
            // The system lets go of it with the process at the latest.
        } finally {
            HELD_HERE.remove(file);
        }
    }

    private static PostgresFault inUse(Layout layout) {
        String by =
                HELD_HERE.contains(layout.lock())
                        ? "this very process"
                        : holder(layout.lock())
                                .map(pid -> "process " + pid)
                                .orElse("another process");
        return new PostgresFault(
                PostgresFault.Reason.DIRECTORY_IN_USE,
                "The Postgres directory "
                        + layout.directory()
                        + " is in use by "
                        + by
                        + ". Stop it (./farandole down, or Ctrl-C where it runs), or use another directory.");
    }

    private static Optional<Long> holder(Path file) {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer pid = ByteBuffer.allocate(20);
            channel.read(pid);
            return Optional.of(
                    Long.valueOf(
                            new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII)
                                    .strip()));
        } catch (IOException | NumberFormatException _) {
            return Optional.empty();
        }
    }
}
