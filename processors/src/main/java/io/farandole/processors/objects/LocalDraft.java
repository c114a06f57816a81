package io.farandole.processors.objects;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory for something that is being made, before it is an object; gone when closed. */
public final class LocalDraft implements AutoCloseable {

    private final Path parent;

    private LocalDraft(Path parent) {
        this.parent = parent;
    }

    static LocalDraft in(Path directory) throws IOException {
        return new LocalDraft(Files.createTempDirectory(directory, "draft-"));
    }

    /** Where the system has what is temporary; for a program that keeps nothing. */
    public static LocalDraft temporary() throws IOException {
        return new LocalDraft(Files.createTempDirectory("farandole-"));
    }

    /** Not there yet: whoever writes it may want to make it whole and move it there. */
    public Path directory() {
        return parent.resolve("draft");
    }

    @Override
    public void close() throws IOException {
        delete(parent);
    }

    /** Deletes a directory with all that is in it, if it is there. */
    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder())
                    .forEach(
                            path -> {
                                try {
                                    Files.delete(path);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
        }
    }
}
