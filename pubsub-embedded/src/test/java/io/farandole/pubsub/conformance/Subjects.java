package io.farandole.pubsub.conformance;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A server of ours for each chapter, one at a time: what is left over of others only costs time.
 */
final class Subjects implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SETTLED = Duration.ofMillis(60);

    private final Path directory;
    private @Nullable Chapter chapter;
    private @Nullable Subject current;

    Subjects(Path directory) {
        this.directory = directory;
    }

    Subject of(Chapter wanted) {
        if (current == null || chapter != wanted) {
            close();
            // the others run without a journal: there are enough tests of that, and it takes time
            Path journal = wanted == Chapter.RESTART ? directory.resolve("journal") : null;
            current = new EmbeddedSubject(journal, PATIENCE, SETTLED);
            chapter = wanted;
        }
        return current;
    }

    @Override
    public void close() {
        if (current != null) {
            current.close();
            current = null;
        }
    }
}
