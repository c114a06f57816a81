package io.farandole.processors.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every object store does. */
class ObjectStoreTest {

    private static StorageStandIn bucket;

    @TempDir private Path temporary;

    static Stream<Function<Path, ObjectStore>> stores() {
        return Stream.of(
                path -> new DirectoryObjects(path.resolve("objects")),
                MemoryObjects::new,
                path -> CloudObjects.in("contract", bucket.host(), path.resolve("copies")));
    }

    @BeforeAll
    static void start() throws IOException {
        bucket = new StorageStandIn("contract");
    }

    @AfterAll
    static void end() {
        bucket.close();
    }

    @AfterEach
    void empty() {
        bucket.names().forEach(bucket::lose);
    }

    @ParameterizedTest
    @MethodSource("stores")
    void keepsFilesUnderAPrefix(Function<Path, ObjectStore> kind) throws IOException {
        ObjectStore store = kind.apply(temporary);
        store.put("models/b2", draft("b2", "two"));
        store.put("models/a1", draft("a1", "one"));
        store.put("datasets/a1", draft("d", "data"));

        assertThat(store.fetch("models/a1").resolve("file.txt")).hasContent("one");
        assertThat(store.fetch("models/b2").resolve("file.txt")).hasContent("two");
        assertThat(store.fetch("datasets/a1").resolve("file.txt")).hasContent("data");
    }

    @ParameterizedTest
    @MethodSource("stores")
    void whatIsThereNeverChanges(Function<Path, ObjectStore> kind) throws IOException {
        ObjectStore store = kind.apply(temporary);
        store.put("models/a1", draft("a1", "one"));
        store.put("models/a1", draft("other", "other"));

        assertThat(store.fetch("models/a1").resolve("file.txt")).hasContent("one");
    }

    @ParameterizedTest
    @MethodSource("stores")
    void givesAPlaceToMakeSomethingInWhichIsGoneAfterwards(Function<Path, ObjectStore> kind)
            throws IOException {
        ObjectStore store = kind.apply(temporary);
        Path made;
        try (LocalDraft draft = store.draft()) {
            made = Files.createDirectories(draft.directory());
            Files.writeString(made.resolve("file.txt"), "made");
            store.put("models/made", made);
        }

        assertThat(made).doesNotExist();
        assertThat(store.fetch("models/made").resolve("file.txt")).hasContent("made");
    }

    @Test
    void clearsAwayDraftsThatAKilledProcessLeftBehind() throws IOException {
        Path left = Files.createDirectories(temporary.resolve("objects/.drafts/draft-old"));
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofDays(3))));
        Path young = Files.createDirectories(temporary.resolve("objects/.drafts/draft-young"));

        new DirectoryObjects(temporary.resolve("objects")).draft().close();

        assertThat(left).doesNotExist();
        assertThat(young).exists();
    }

    @ParameterizedTest
    @MethodSource("stores")
    void deletesWhatIsThereAndNothingElse(Function<Path, ObjectStore> kind) throws IOException {
        ObjectStore store = kind.apply(temporary);
        store.put("models/a1", draft("a1", "one"));
        store.put("models/b2", draft("b2", "two"));

        store.delete("models/a1");
        store.delete("models/a1");

        assertThatThrownBy(() -> store.fetch("models/a1")).isInstanceOf(NoSuchObject.class);
        assertThat(store.fetch("models/b2").resolve("file.txt")).hasContent("two");
        store.put("models/a1", draft("a1", "again"));
        assertThat(store.fetch("models/a1").resolve("file.txt")).hasContent("again");
    }

    @ParameterizedTest
    @MethodSource("stores")
    void saysWhatIsNotThere(Function<Path, ObjectStore> kind) {
        ObjectStore store = kind.apply(temporary);
        assertThatThrownBy(() -> store.fetch("models/none"))
                .isInstanceOf(NoSuchObject.class)
                .hasMessageContaining("models/none");
    }

    @ParameterizedTest
    @MethodSource("stores")
    void refusesPrefixesThatLeadElsewhere(Function<Path, ObjectStore> kind) {
        ObjectStore store = kind.apply(temporary);
        for (String prefix : new String[] {"models/../../etc", "/etc/passwd", "models", "a/b/c"}) {
            assertThatThrownBy(() -> store.fetch(prefix))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(prefix);
        }
    }

    private Path draft(String name, String content) throws IOException {
        Path directory = Files.createDirectories(temporary.resolve("drafts").resolve(name));
        Files.writeString(directory.resolve("file.txt"), content);
        return directory;
    }
}
