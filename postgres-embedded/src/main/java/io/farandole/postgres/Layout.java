package io.farandole.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The files of one Postgres directory: the data themselves, and beside them what belongs to them.
 */
record Layout(Path directory) {

    static Layout of(Path directory) {
        return new Layout(directory.toAbsolutePath().normalize());
    }

    /** Created readable by this user alone, as Postgres demands of its data. */
    void create() {
        try {
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException | UnsupportedOperationException e) {
            throw new PostgresFault(
                    PostgresFault.Reason.FILES,
                    "Cannot make the directory "
                            + directory
                            + " private to this user; choose a directory on a local"
                            + " disk that this user may write.",
                    e);
        }
    }

    Path data() {
        return directory.resolve("data");
    }

    /**
     * Where a new cluster is made before it takes its name: half a cluster never looks like one.
     */
    Path unfinished() {
        return directory.resolve("data.unfinished");
    }

    Path lock() {
        return directory.resolve("lock");
    }

    Path port() {
        return directory.resolve("port");
    }

    Path credentials() {
        return directory.resolve("credentials.properties");
    }

    Path log() {
        return directory.resolve("postgres.log");
    }
}
