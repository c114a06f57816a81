package io.farandole.postgres;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A directory that nobody but this user writes: under a name that others can guess, they may have
 * been there first.
 */
final class PrivateDirectory {

    private PrivateDirectory() {}

    static Path at(Path directory) throws IOException {
        try {
            Files.createDirectories(directory.toAbsolutePath().getParent());
            return Files.createDirectory(
                    directory,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException _) {
            refuseStrangers(directory);
            return directory;
        }
    }

    private static void refuseStrangers(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw refused(directory, "it is no directory, but a link or a file");
        }
        Object owner = Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (((Number) owner).longValue() != new UnixSystem().getUid()) {
            throw refused(directory, "it belongs to another user");
        }
        Set<PosixFilePermission> permissions =
                Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS);
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw refused(directory, "other users may write to it");
        }
    }

    private static PostgresFault refused(Path directory, String why) {
        return new PostgresFault(
                PostgresFault.Reason.FILES,
                "Farandole does not run programs or keep data in "
                        + directory
                        + ", because "
                        + why
                        + ". Look at what is in it and delete it; a new one is made for this user alone. Or name"
                        + " another place: XDG_CACHE_HOME for the programs, -Djava.io.tmpdir for temporary data.");
    }
}
