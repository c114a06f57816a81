package io.farandole.processors.objects;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was fetched from elsewhere, in a directory: of each kind the few that were used last, so
 * that a disk does not fill up with models of former years.
 */
final class LocalCopies {

    /** More than are read at once: a run's data set and candidates, and what is served. */
    private static final int KEPT_OF_A_KIND = 16;

    private final Path root;
    private final DirectoryObjects directories;

    LocalCopies(Path root) {
        this.root = root;
        this.directories = new DirectoryObjects(root);
    }

    LocalDraft draft() throws IOException {
        return directories.draft();
    }

    /** The copy, used now; null if there is none. */
    @Nullable Path find(String kind, String hash) throws IOException {
        try {
            Path found = directories.fetch(kind + "/" + hash);
            Files.setLastModifiedTime(found, FileTime.from(Instant.now()));
            return found;
        } catch (NoSuchObject _) {
            return null;
        }
    }

    Path keep(String kind, String hash, Path directory) throws IOException {
        directories.put(kind + "/" + hash, directory);
        letGoOfOld(kind);
        return directories.fetch(kind + "/" + hash);
    }

    private void letGoOfOld(String kind) throws IOException {
        List<Used> all = new ArrayList<>();
        try (Stream<Path> copies = Files.list(root.resolve(kind))) {
            for (Path copy : copies.toList()) {
                all.add(new Used(copy, Files.getLastModifiedTime(copy)));
            }
        }
        all.sort(Comparator.comparing(Used::at).reversed());
        for (Used old : all.subList(Math.min(KEPT_OF_A_KIND, all.size()), all.size())) {
            directories.delete(kind + "/" + old.copy().getFileName());
        }
    }

    private record Used(Path copy, FileTime at) {}
}
