package io.farandole.recommenders.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Writes a directory's files beside it and renames it when all are written. */
public final class WholeDirectory {

    /** Puts the files into the directory that it is given. */
    @FunctionalInterface
    public interface Filling {
        void fill(Path directory) throws IOException;
    }

    private WholeDirectory() {}

    /**
     * Either the directory has what the filling put there, and nothing else, or it is as it was.
     *
     * @throws IOException if it cannot be written; then nothing is left behind
     */
    public static void write(Path directory, Filling filling) throws IOException {
        Path target = directory.toAbsolutePath().normalize();
        Path parent = target.getParent();
        if (parent == null) {
            throw new IOException(directory + " is no directory to write to");
        }
        Files.createDirectories(parent);
        Path fresh = Files.createTempDirectory(parent, "." + target.getFileName() + "-");
        try {
            filling.fill(fresh);
            // A directory cannot be renamed onto one that is not empty.
            if (Files.exists(target)) {
                Path former = Files.createTempDirectory(parent, "." + target.getFileName() + "-");
                Files.move(target, former.resolve("former"), StandardCopyOption.ATOMIC_MOVE);
                Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
                delete(former);
            } else {
                Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            delete(fresh);
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(directory)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
