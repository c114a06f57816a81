package io.farandole.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.ReceivedMessage;
import io.farandole.pubsub.journal.ForgetfulDisk;
import io.farandole.pubsub.journal.JournalFiles;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where messages are kept, and what happens when there is no more room. */
class StorageTest {

    private static final long SMALL_HEAP = 10_000;
    private static final long SEGMENT = 10_000;

    private final ForgetfulDisk disk = new ForgetfulDisk(RandomGenerator.getDefault());

    @Test
    void givesBackFromFilesWhatHasNoRoomOnTheHeap() {
        for (@Nullable JournalFiles files : new JournalFiles[] {null, disk.files(SEGMENT)}) {
            try (ServerLife server = new ServerLife(files, SMALL_HEAP)) {
                start(server);
                List<String> sent = new ArrayList<>();
                for (int i = 0; i < 500; i++) {
                    String text = i + "-".repeat(i % 300);
                    assertThat(published(server, text)).isNotNull();
                    sent.add(text);
                    if (i % 3 == 0) {
                        acknowledgeOne(server);
                    }
                }
                List<String> rest = texts(server.look("s"));
                assertThat(sent).containsAll(rest);
                assertThat(rest).hasSize(500 - 167).isSubsetOf(sent).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void refusesPublishesAtTheLimitAndGoesOnWhenThereIsRoom() {
        JournalFiles files = disk.files(SEGMENT).limit(100_000);
        String text = "-".repeat(1_000);
        try (ServerLife server = new ServerLife(files, SMALL_HEAP)) {
            start(server);
            for (int round = 0; round < 3; round++) {
                // refused also while dead segments fill it, which go meanwhile: then there is room
                await().until(
                                () -> {
                                    publishUntilRefused(server, text);
                                    return server.look("s").size() >= 50;
                                });
                assertThat(disk.bytes()).isBetween(50_000L, 110_000L);
                while (!server.look("s").isEmpty()) {
                    server.acknowledge("s", server.pull("s", 100));
                }
                await().until(() -> published(server, text) != null);
            }
        }
        try (ServerLife server = new ServerLife(files, SMALL_HEAP)) {
            assertThat(server.look("s")).isNotEmpty();
        }
    }

    @Test
    void refusesPublishesWhileTheDiskIsFullAndLosesNothing() {
        List<String> kept = new ArrayList<>();
        try (ServerLife server = new ServerLife(disk.files(SEGMENT), SMALL_HEAP)) {
            start(server);
            int number = 0;
            for (int round = 0; round < 20; round++) {
                disk.room(1_000 + 700L * round);
                String text = "m" + number++ + "-".repeat(300);
                Answer<PublishResponse> answer = server.publish("t", "", List.of(text));
                while (answer.await(ServerLife.PATIENCE) != null) {
                    kept.add(text);
                    text = "m" + number++ + "-".repeat(300);
                    answer = server.publish("t", "", List.of(text));
                }
                assertThat(Objects.requireNonNull(answer.refusal()).getCode())
                        .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                assertThat(answer.refusal().getDescription()).contains("No space left");
                disk.room(Long.MAX_VALUE);
                String next = "after" + round;
                assertThat(published(server, next)).isNotNull();
                kept.add(next);
            }
            acknowledgeOne(server);
        }
        try (ServerLife server = new ServerLife(disk.files(SEGMENT), SMALL_HEAP)) {
            assertThat(texts(server.look("s")))
                    .containsExactlyElementsOf(kept.subList(1, kept.size()));
        }
    }

    @Test
    void keepsAcknowledgementsThatCameWhileTheDiskWasFull() {
        try (ServerLife server = new ServerLife(disk.files(SEGMENT), SMALL_HEAP)) {
            start(server);
            assertThat(published(server, "first")).isNotNull();
            disk.room(0);
            acknowledgeOne(server);
            assertThat(published(server, "refused")).isNull();
            disk.room(Long.MAX_VALUE);
            assertThat(published(server, "second")).isNotNull();
        }
        try (ServerLife server = new ServerLife(disk.files(SEGMENT), SMALL_HEAP)) {
            assertThat(texts(server.look("s"))).containsExactly("second");
        }
    }

    @Test
    void confirmsWhatWasAcknowledgedExactlyOnceWhileTheDiskWasFullWhenThereIsRoom() {
        List<ReceivedMessage> confirmed = new CopyOnWriteArrayList<>();
        try (ServerLife server = new ServerLife(disk.files(SEGMENT), SMALL_HEAP)) {
            assertThat(server.create("t")).isTrue();
            assertThat(server.subscribeOnce("t", "s")).isTrue();
            assertThat(published(server, "first")).isNotNull();
            List<ReceivedMessage> received = server.pull("s", 1);
            disk.room(0);
            server.acknowledgeOnce("s", received, confirmed::add);
            assertThat(published(server, "refused")).isNull();
            assertThat(confirmed).isEmpty();
            disk.room(Long.MAX_VALUE);
            await().until(() -> confirmed.equals(received));
        }
        try (ServerLife server = new ServerLife(disk.files(SEGMENT), SMALL_HEAP)) {
            assertThat(server.look("s")).isEmpty();
        }
    }

    @Test
    void numbersMessagesAboveAllThatWereNumberedWhateverTheClockSays() {
        long highest = System.currentTimeMillis() * 1_000 + 1_000_000_000_000L;
        disk.journalBeginsAt(highest, SEGMENT);
        long last = highest - 1;
        for (int life = 0; life < 3; life++) {
            try (ServerLife server = new ServerLife(disk.files(SEGMENT), SMALL_HEAP)) {
                if (life == 0) {
                    start(server);
                }
                for (int i = 0; i < 50; i++) {
                    long id =
                            Long.parseLong(
                                    Objects.requireNonNull(published(server, "-".repeat(1_000)))
                                            .getMessageIds(0));
                    assertThat(id).isGreaterThan(last);
                    last = id;
                }
                while (!server.look("s").isEmpty()) {
                    server.acknowledge("s", server.pull("s", 100));
                }
            }
        }
        assertThat(disk.lastSegment()).isGreaterThan(5);
    }

    @Test
    void countsWhatATopicSawAlsoWhenItIsGone() {
        for (int life = 1; life <= 3; life++) {
            try (ServerLife server = new ServerLife(disk.files(SEGMENT), SMALL_HEAP)) {
                if (life == 1) {
                    start(server);
                }
                IntStream.range(0, 100).forEach(_ -> acknowledgeOne(server, "-".repeat(500)));
                assertThat(server.broker.topic(ServerLife.topic("t")).orElseThrow().published())
                        .isEqualTo(life * 100L);
                if (life == 3) {
                    // room is made beside the writing, and only when the journal grew
                    await().until(() -> bytesAfterOneMore(server) < 60_000);
                }
            }
        }
    }

    private static void publishUntilRefused(ServerLife server, String text) {
        Answer<PublishResponse> answer = server.publish("t", "", List.of(text));
        while (answer.await(ServerLife.PATIENCE) != null) {
            answer = server.publish("t", "", List.of(text));
        }
        Status refusal = Objects.requireNonNull(answer.refusal());
        assertThat(refusal.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(refusal.getDescription()).contains("limit of 100000 bytes");
    }

    /** The bytes on the disk after one message more. */
    private long bytesAfterOneMore(ServerLife server) {
        acknowledgeOne(server, "-".repeat(500));
        return disk.bytes();
    }

    private static void start(ServerLife server) {
        assertThat(server.create("t")).isTrue();
        assertThat(server.subscribe("t", "s", false)).isTrue();
    }

    private static void acknowledgeOne(ServerLife server, String text) {
        assertThat(published(server, text)).isNotNull();
        acknowledgeOne(server);
    }

    private static void acknowledgeOne(ServerLife server) {
        List<ReceivedMessage> one = server.pull("s", 1);
        assertThat(one).hasSize(1);
        server.acknowledge("s", one);
    }

    private static @Nullable PublishResponse published(ServerLife server, String text) {
        return server.publish("t", "", List.of(text)).await(ServerLife.PATIENCE);
    }

    private static List<String> texts(List<ReceivedMessage> received) {
        return received.stream().map(one -> one.getMessage().getData().toStringUtf8()).toList();
    }
}
