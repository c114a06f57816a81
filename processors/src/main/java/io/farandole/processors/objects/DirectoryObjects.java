package io.farandole.processors.objects;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/** Objects in a directory: what a laptop has instead of Cloud Storage. */
public final class DirectoryObjects implements ObjectStore {

    private static final String DRAFTS = ".drafts";

    /** Nothing takes as long: what is older was left behind by a process that was killed. */
    private static final Duration OLDEST_DRAFT = Duration.ofDays(2);

    private final Path root;

    public DirectoryObjects(Path root) {
        this.root = root;
    }

    @Override
    public LocalDraft draft() throws IOException {
        Path drafts = Files.createDirectories(root.resolve(DRAFTS));
        Instant oldest = Instant.now().minus(OLDEST_DRAFT);
        try (Stream<Path> left = Files.list(drafts)) {
            for (Path one : left.toList()) {
                if (Files.getLastModifiedTime(one).toInstant().isBefore(oldest)) {
                    LocalDraft.delete(one);
                }
            }
        }
        return LocalDraft.in(drafts);
    }

    @Override
    public void put(String prefix, Path directory) throws IOException {
        Path target = pathOf(prefix);
        if (Files.isDirectory(target)) {
            return;
        }
        Path kind = Files.createDirectories(root.resolve(ObjectPrefix.of(prefix).kind()));
        try (LocalDraft draft = draft()) {
            Path copy = Files.createDirectory(draft.directory());
            copyDurably(directory, copy);
            move(copy, target);
            sync(kind);
        }
    }

    @Override
    public Path fetch(String prefix) throws IOException {
        Path path = pathOf(prefix);
        if (!Files.isDirectory(path)) {
            throw new NoSuchObject(prefix);
        }
        return path;
    }

    @Override
    public URI address(String prefix) throws IOException {
        return fetch(prefix).toUri();
    }

    @Override
    public void delete(String prefix) throws IOException {
        Path path = pathOf(prefix);
        if (!Files.isDirectory(path)) {
            return;
        }
        // Moved away first: nobody finds half of it, and what a kill leaves is an old draft.
        try (LocalDraft draft = draft()) {
            Files.move(path, draft.directory(), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException _) {
            return;
        }
        sync(root.resolve(ObjectPrefix.of(prefix).kind()));
    }

    private Path pathOf(String prefix) {
        ObjectPrefix checked = ObjectPrefix.of(prefix);
        return root.resolve(checked.kind()).resolve(checked.name());
    }

    private static void copyDurably(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Path copied = Files.copy(file, to.resolve(file.getFileName()));
                sync(copied);
            }
        }
        sync(to);
    }

    // Whoever made the same before us made the same: its name says what it holds.
    private static void move(Path copy, Path target) throws IOException {
        try {
            Files.move(copy, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException _) {
            return;
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException(target + " is on a file system that cannot move at once", e);
        }
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
