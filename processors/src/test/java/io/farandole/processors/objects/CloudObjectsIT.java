package io.farandole.processors.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real client against a bucket on this machine. */
class CloudObjectsIT {

    private static StorageStandIn bucket;

    @TempDir private Path temporary;

    @BeforeAll
    static void start() throws IOException {
        bucket = new StorageStandIn("farandole-test");
    }

    @AfterAll
    static void end() {
        bucket.close();
    }

    @AfterEach
    void empty() {
        bucket.names().forEach(bucket::lose);
    }

    @Test
    void whatOneProcessPutsAnotherFetches() throws IOException {
        objects("one").put("models/a1", draft("a1", "content", ""));

        Path fetched = objects("other").fetch("models/a1");

        assertThat(fetched.resolve("0.bin")).hasContent("content");
        assertThat(fetched.resolve("1.bin")).isEmptyFile();
        assertThat(objects("other").address("models/a1").toString())
                .matches("gs://farandole-test/models/a1/[0-9a-f]{40}");
        assertThat(bucket.names()).hasSize(3).contains("models/a1/manifest.json");
    }

    @Test
    void whatIsThereNeverChangesWhoeverComesLater() throws IOException {
        objects("one").put("models/a1", draft("a1", "first"));
        objects("other").put("models/a1", draft("other", "second"));

        assertThat(objects("third").fetch("models/a1").resolve("0.bin")).hasContent("first");
    }

    @Test
    void whoeverIsDoneFirstWinsWhenTwoBeginAtTheSameTime() throws IOException {
        Path slow = draft("slow", "slow", "and more");
        Path quick = draft("quick", "quick");
        bucket.beforeNextUpload(
                () -> {
                    try {
                        objects("quick").put("models/a1", quick);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });

        objects("slow").put("models/a1", slow);

        Path fetched = objects("third").fetch("models/a1");
        assertThat(fetched.resolve("0.bin")).hasContent("quick");
        assertThat(fetched.resolve("1.bin")).doesNotExist();
    }

    @Test
    void whatWasNotWrittenToItsEndIsNotThereAndCanBeWrittenAgain() throws IOException {
        objects("one").put("models/a1", draft("a1", "content"));
        bucket.lose("models/a1/manifest.json");

        assertThatThrownBy(() -> objects("other").fetch("models/a1"))
                .isInstanceOf(NoSuchObject.class);
        objects("other").put("models/a1", draft("again", "content"));
        assertThat(objects("third").fetch("models/a1").resolve("0.bin")).hasContent("content");
    }

    @Test
    void whatCameDamagedIsNotGivenToAnybody() throws IOException {
        objects("one").put("models/a1", draft("a1", "content"));
        bucket.names().stream()
                .filter(name -> name.endsWith("0.bin"))
                .forEach(name -> bucket.content(name)[0] = '?');

        assertThatThrownBy(() -> objects("other").fetch("models/a1"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("models/a1");
    }

    @Test
    void isFetchedOnceAndGoneWhenItIsDeletedElsewhere() throws IOException {
        CloudObjects one = objects("one");
        objects("other").put("models/a1", draft("a1", "content", "more"));
        Path fetched = one.fetch("models/a1");
        String file = bucket.names().stream().filter(name -> name.endsWith("bin")).findAny().get();
        bucket.lose(file);

        assertThat(one.fetch("models/a1")).isEqualTo(fetched);
        objects("other").delete("models/a1");
        assertThatThrownBy(() -> one.fetch("models/a1")).isInstanceOf(NoSuchObject.class);
        assertThat(bucket.names()).isEmpty();
    }

    @Test
    void keepsCopiesOfWhatWasUsedLastAlone() throws IOException {
        CloudObjects one = objects("one");
        for (int number = 0; number < 20; number++) {
            one.put("models/a" + number, draft("d" + number, "content " + number));
            Path copy = one.fetch("models/a" + number);
            Files.setLastModifiedTime(copy, FileTime.from(Instant.EPOCH.plusSeconds(number)));
        }

        try (Stream<Path> copies = Files.list(temporary.resolve("one/models"))) {
            assertThat(copies).hasSize(16);
        }
        assertThat(one.fetch("models/a0").resolve("0.bin")).hasContent("content 0");
    }

    @Test
    void readsAFolderThatSomebodyElseHasMade() throws IOException {
        objects("one").put("models/a1", draft("a1", "content", "more"));
        Path directory = Files.createDirectories(temporary.resolve("folder"));

        BucketFolder.download(
                CloudObjects.client(bucket.host()), objects("one").address("models/a1"), directory);

        assertThat(directory.resolve("0.bin")).hasContent("content");
        assertThat(directory.resolve("1.bin")).hasContent("more");
        assertThatThrownBy(
                        () ->
                                BucketFolder.download(
                                        CloudObjects.client(bucket.host()),
                                        URI.create("gs://farandole-test/models/none"),
                                        directory))
                .hasMessage("there are no files in gs://farandole-test/models/none");
    }

    @Test
    void triesAgainWhatFailsInPassing() throws IOException {
        CloudObjects one = objects("one");
        Path draft = draft("a1", "content");
        bucket.fail(503, 1);

        one.put("models/a1", draft);

        assertThat(one.fetch("models/a1").resolve("0.bin")).hasContent("content");
    }

    @Test
    void saysWhatWasRefused() throws IOException {
        CloudObjects one = objects("one");
        Path draft = draft("a1", "content");
        bucket.fail(403, 1);

        assertThatThrownBy(() -> one.put("models/a1", draft))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gs://farandole-test/models/a1")
                .hasMessageContaining("403");
        assertThatThrownBy(
                        () ->
                                CloudObjects.in("elsewhere", bucket.host(), temporary)
                                        .fetch("models/a1"))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(NoSuchObject.class)
                .hasMessageContaining("The specified bucket does not exist.");
    }

    private CloudObjects objects(String process) {
        return CloudObjects.in("farandole-test", bucket.host(), temporary.resolve(process));
    }

    private Path draft(String name, String... contents) throws IOException {
        Path directory = Files.createDirectories(temporary.resolve("drafts").resolve(name));
        for (int number = 0; number < contents.length; number++) {
            Files.writeString(directory.resolve(number + ".bin"), contents[number]);
        }
        return directory;
    }
}
