package io.farandole.local.running;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Where one installation keeps everything. */
public record DataDirectory(Path path) {

    /** What is used when no other is named. */
    public static final Path USUAL = Path.of(".farandole");

    static final String DEMONSTRATION = "demo-";

    public DataDirectory {
        path = path.toAbsolutePath().normalize();
    }

    /** A new one of a demonstration, inside another. */
    public static DataDirectory fresh(Path parent) {
        try {
            Files.createDirectories(parent);
            return new DataDirectory(Files.createTempDirectory(parent, DEMONSTRATION));
        } catch (IOException e) {
            throw unwritable(parent, e);
        }
    }

    public Path postgres() {
        return path.resolve("postgres");
    }

    public Path journal() {
        return path.resolve("pubsub");
    }

    /** Data sets, models and metrics. */
    public Path objects() {
        return path.resolve("objects");
    }

    /** Every internal event. */
    public Path warehouse() {
        return path.resolve("warehouse");
    }

    /** GeoJSON that the API reads zones from, if there is such a file when it starts. */
    public Path zones() {
        return path.resolve("zones.geojson");
    }

    public Path logs() {
        return path.resolve("logs");
    }

    public Path logFile() {
        return logs().resolve("farandole.log");
    }

    Path lockFile() {
        return path.resolve("lock");
    }

    Path instanceFile() {
        return path.resolve("instance.json");
    }

    /** Made for this user alone: it holds passwords and what users did. */
    void create() {
        try {
            Files.createDirectories(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(journal());
            Files.createDirectories(logs());
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    /** The bytes below a path, as far as they can be counted while others write. */
    public static long size(Path root) {
        AtomicLong bytes = new AtomicLong();
        walk(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        bytes.addAndGet(attributes.size());
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path directory, @Nullable IOException e) {
                        return FileVisitResult.CONTINUE;
                    }
                });
        return bytes.get();
    }

    /** Whether a demonstration made it, to be deleted at its end. */
    public boolean isDemonstration() {
        return path.getFileName().toString().startsWith(DEMONSTRATION);
    }

    /** Deletes it with everything in it, whatever others delete of it meanwhile. */
    public void delete() {
        walk(
                path,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.deleteIfExists(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e)
                            throws IOException {
                        if (e instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw e;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path directory, @Nullable IOException e) throws IOException {
                        Files.deleteIfExists(directory);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private static void walk(Path root, SimpleFileVisitor<Path> visitor) {
        try {
            Files.walkFileTree(root, visitor);
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, "Cannot go through " + root + ": " + e, e);
        }
    }

    private static Failure unwritable(Path directory, IOException e) {
        return new Failure(
                ExitCode.FAILED,
                "Cannot write "
                        + directory
                        + " ("
                        + e.getMessage()
                        + "). Choose a directory that you may write with --data.",
                e);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
