package io.farandole.postgres;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directories of tests: each named after its process, so that what a killed one left is found
 * and cleared.
 */
final class TemporaryDirectories {

    private static final Logger log = LoggerFactory.getLogger(TemporaryDirectories.class);

    private TemporaryDirectories() {}

    static Path create(PostgresProgram program) {
        try {
            Path parent =
                    PrivateDirectory.at(
                            Path.of(
                                    System.getProperty("java.io.tmpdir"),
                                    "farandole-postgres-" + System.getProperty("user.name")));
            clearLeftovers(parent, program);
            return Files.createTempDirectory(parent, ProcessHandle.current().pid() + "-");
        } catch (IOException e) {
            throw new PostgresFault(
                    PostgresFault.Reason.FILES,
                    "Cannot make a temporary directory for Postgres",
                    e);
        }
    }

    private static void clearLeftovers(Path parent, PostgresProgram program) throws IOException {
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(parent)) {
            for (Path directory : directories) {
                if (owner(directory).flatMap(ProcessHandle::of).isEmpty()) {
                    clear(Layout.of(directory), program);
                }
            }
        }
    }

    private static void clear(Layout layout, PostgresProgram program) {
        Optional<DirectoryLock> lock = Optional.empty();
        try {
            lock = DirectoryLock.tryTake(layout.lock());
            if (lock.isPresent()) {
                new Postmaster(layout, program).stop();
                Trees.delete(layout.directory());
                log.info("Cleared {}, which a killed process had left", layout.directory());
            }
        } catch (IOException | PostgresFault e) {
            log.warn(
                    "Could not clear {}, which a killed process had left: {}",
                    layout.directory(),
                    e.getMessage());
        } finally {
            lock.ifPresent(DirectoryLock::close);
        }
    }

    private static Optional<Long> owner(Path directory) {
        String name = String.valueOf(directory.getFileName());
        int dash = name.indexOf('-');
        try {
            return dash < 0 ? Optional.empty() : Optional.of(Long.valueOf(name.substring(0, dash)));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
