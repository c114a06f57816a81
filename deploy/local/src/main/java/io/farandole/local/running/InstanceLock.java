package io.farandole.local.running;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One directory, one running installation: held by the operating system, let go by any death. */
final class InstanceLock implements AutoCloseable {

    // A second channel on a locked file would, when closed, drop this process's own lock: so it is
    // never opened.
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private InstanceLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static InstanceLock take(DataDirectory directory) {
        return tryTake(directory).orElseThrow(() -> inUse(directory));
    }

    /** Nothing if another holds it, here or in another process. */
    static Optional<InstanceLock> tryTake(DataDirectory directory) {
        Path file = directory.lockFile();
        if (!HELD_HERE.add(file)) {
            return Optional.empty();
        }
        Optional<InstanceLock> taken = Optional.empty();
        try {
            taken = locked(file);
            return taken;
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILED, "Cannot lock " + directory + ": " + e.getMessage(), e);
        } finally {
            if (taken.isEmpty()) {
                HELD_HERE.remove(file);
            }
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, "Cannot unlock: " + e.getMessage(), e);
        } finally {
            HELD_HERE.remove(file);
        }
    }

    static Failure inUse(DataDirectory directory) {
        String holder =
                Instance.in(directory)
                        .flatMap(Instance::process)
                        .map(process -> "process " + process.pid())
                        .orElse("another process");
        return new Failure(
                ExitCode.IN_USE,
                "The directory "
                        + directory
                        + " is in use by "
                        + holder
                        + ". Stop it with: farandole down, or choose another directory with --data.");
    }

    private static Optional<InstanceLock> locked(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(new InstanceLock(file, channel));
    }
}
