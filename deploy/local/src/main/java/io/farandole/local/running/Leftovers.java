package io.farandole.local.running;

import io.farandole.local.Failure;
import io.farandole.postgres.DurablePostgres;
import io.farandole.postgres.PostgresFault;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Demonstrations that a kill left behind: their Postgres is ended and their directories deleted.
 * The newest one that failed stays, for what its logs tell.
 */
public final class Leftovers {

    /** Younger than this, one without a process may just be starting. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final Path parent;
    private final Consumer<String> news;

    /**
     * @param news is told what was cleared, and what could not be
     */
    public Leftovers(Path parent, Consumer<String> news) {
        this.parent = parent;
        this.news = news;
    }

    public void clear() {
        List<DataDirectory> demonstrations = demonstrations();
        Optional<DataDirectory> kept =
                demonstrations.stream()
                        .filter(Leftovers::failed)
                        .max(Comparator.comparing(Leftovers::changed));
        demonstrations.stream()
                .filter(directory -> !kept.equals(Optional.of(directory)))
                .forEach(this::clear);
    }

    private void clear(DataDirectory directory) {
        if (isStarting(directory)) {
            return;
        }
        try {
            Optional<InstanceLock> lock = InstanceLock.tryTake(directory);
            if (lock.isPresent()) {
                try (InstanceLock _ = lock.get()) {
                    endPostgres(directory);
                    directory.delete();
                }
                news.accept("Cleared " + directory + ", which an earlier one had left");
            }
        } catch (Failure | PostgresFault e) {
            news.accept("Could not clear " + directory + ": " + e.getMessage());
        }
    }

    /** A start ends the one that runs before it begins its own, which then ends in good order. */
    private static void endPostgres(DataDirectory directory) {
        if (Files.exists(directory.postgres().resolve("data").resolve("postmaster.pid"))) {
            DurablePostgres.in(directory.postgres()).start().close();
        }
    }

    private static boolean isStarting(DataDirectory directory) {
        return Instance.in(directory).isEmpty()
                && changed(directory).toMillis() > System.currentTimeMillis() - GRACE.toMillis();
    }

    private static boolean failed(DataDirectory directory) {
        return Instance.in(directory)
                .filter(last -> last.phase() == Instance.Phase.FAILED)
                .isPresent();
    }

    private static FileTime changed(DataDirectory directory) {
        try {
            return Files.getLastModifiedTime(directory.path());
        } catch (IOException _) {
            return FileTime.fromMillis(0);
        }
    }

    private List<DataDirectory> demonstrations() {
        List<DataDirectory> found = new ArrayList<>();
        try (DirectoryStream<Path> paths =
                Files.newDirectoryStream(parent, DataDirectory.DEMONSTRATION + "*")) {
            paths.forEach(path -> found.add(new DataDirectory(path)));
        } catch (IOException _) {
            // None was there yet.
        }
        return found;
    }
}
