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
     * Either the directory has what the filling put there, and nothing else, or it is as it was. A
     * crash while a former one is replaced may leave none of that name: the former one is then
     * whole, as {@code former} in a hidden directory beside it.
     *
     * @param sign the file that the filling always writes, and that tells its directory from others
     * @throws IOException if it cannot be written, or is not to be replaced; then nothing is left
     *     behind
     */
    public static void write(Path directory, String sign, Filling filling) throws IOException {
        checkReplaceable(directory, sign);
        Path target = directory.toAbsolutePath().normalize();
        Path parent = target.getParent();
        if (parent == null) {
            throw new IOException(directory + " is no directory to write to");
        }
        Files.createDirectories(parent);
        Path fresh = beside(target);
        try {
            filling.fill(fresh);
            // A directory cannot be renamed onto one that is not empty.
            if (Files.exists(target)) {
                replace(target, fresh);
            } else {
                rename(fresh, target);
            }
        } finally {
            delete(fresh);
        }
    }

    /**
     * What is replaced is deleted: so it has to be missing, empty, or what was written here before.
     *
     * @param sign the file that tells
     * @throws IOException if it is something else
     */
    public static void checkReplaceable(Path directory, String sign) throws IOException {
        if (!Files.exists(directory) || Files.isRegularFile(directory.resolve(sign))) {
            return;
        }
        if (!Files.isDirectory(directory)) {
            throw new IOException(directory + " is no directory and is not replaced");
        }
        try (Stream<Path> content = Files.list(directory)) {
            if (content.findAny().isPresent()) {
                throw new IOException(
                        directory
                                + " is not replaced: it is not empty, and there is no "
                                + sign
                                + " in it");
            }
        }
    }

    private static void replace(Path target, Path fresh) throws IOException {
        Path aside = beside(target);
        Path former = aside.resolve("former");
        try {
            rename(target, former);
            rename(fresh, target);
        } catch (IOException e) {
            if (Files.exists(former)) {
                rename(former, target);
            }
            delete(aside);
            throw e;
        }
        delete(aside);
    }

    private static Path beside(Path target) throws IOException {
        return Files.createTempDirectory(target.getParent(), "." + target.getFileName() + "-");
    }

    private static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
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
