package io.farandole.pubsub.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.pubsub.v1.PubsubMessage;
import io.farandole.pubsub.journal.JournalRecord.Acknowledged;
import io.farandole.pubsub.journal.JournalRecord.Defined;
import io.farandole.pubsub.journal.JournalRecord.Kind;
import io.farandole.pubsub.journal.JournalRecord.Published;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What goes from the journal, what stays, and what a crash in between leaves. */
class CompactionTest {

    private static final Path DIRECTORY = Path.of("/journal");
    private static final long SEGMENT = 2_000;
    private static final int REQUESTS = 60;
    private static final int PER_REQUEST = 5;

    private final RecordedState state = new RecordedState();
    private final List<Long> written = new ArrayList<>();

    @Test
    void removesFirstSegmentsThatHoldNothing() throws IOException {
        ForgetfulDisk disk = disk(1);
        state.definitions.add(new Defined(Kind.TOPIC, "t", new byte[] {1}));
        try (Journal journal = open(disk)) {
            for (int i = 0; i < REQUESTS; i++) {
                publish(journal, i);
                state.held.clear();
            }
            publish(journal, REQUESTS);
            await().until(() -> Segment.in(disk, DIRECTORY).size() <= 2);
        }
        assertThat(Segment.in(disk, DIRECTORY).getFirst().number()).isGreaterThan(5);
        // each begins with all definitions, so nothing else was lost with the others
        RecordedState after = reopened(disk);
        assertThat(after.records.getFirst()).isInstanceOf(Defined.class);
    }

    @Test
    void keepsWhatIsHeldAndItsAcknowledgementsAndReadsPayloadsFromWhereTheyWent()
            throws IOException {
        ForgetfulDisk disk = disk(2);
        Set<Long> held;
        try (Journal journal = open(disk)) {
            for (int i = 0; i < REQUESTS; i++) {
                publish(journal, i);
                acknowledge(journal, i);
                state.held.keySet().removeIf(id -> id % 7 != 0);
            }
            held = new HashSet<>(state.held.keySet());
            journal.leaveHeap(List.copyOf(state.held.values()), List.of());
            publish(journal, REQUESTS);
            await().until(() -> size(disk) < REQUESTS * 900L);
            for (RecordedState.Message message : state.held.values()) {
                assertThat(PubsubMessage.parseFrom(message.bytes()).getMessageId())
                        .isEqualTo(Long.toString(message.id()));
            }
        }
        RecordedState after = reopened(disk);
        assertThat(after.held.keySet()).containsAll(held);
        assertThat(after.held).hasSizeLessThan(written.size() / 2);
        // what is acknowledged and there must not come back
        Set<Long> acknowledged = new HashSet<>();
        after.records.forEach(
                one -> {
                    if (one instanceof Acknowledged(var _, var ids)) {
                        LongStream.of(ids).forEach(acknowledged::add);
                    }
                });
        assertThat(acknowledged)
                .containsAll(
                        after.held.keySet().stream()
                                .filter(id -> id < REQUESTS * PER_REQUEST)
                                .toList());
        assertThat(acknowledged).hasSizeLessThan(written.size() / 2);
    }

    /** From the first write to the last: each step of each compaction is among them. */
    @Test
    void losesNothingThatIsHeldWhereverItCrashes() throws IOException {
        ForgetfulDisk whole = disk(0);
        load(whole);
        for (int step = 1; step <= whole.steps(); step++) {
            state.held.clear();
            state.records.clear();
            written.clear();
            ForgetfulDisk disk = disk(step);
            disk.crashAt(step);
            load(disk);
            ForgetfulDisk found = disk.afterCrash();
            RecordedState after = reopened(found);
            assertThat(after.held.keySet())
                    .as("after a crash at step " + step)
                    .containsAll(state.held.keySet());
            List<Long> read = new ArrayList<>();
            JournalReader.read(
                    found, DIRECTORY, message -> Long.parseLong(message.messageId()), read::add);
            assertThat(read).isSorted().containsAll(state.held.keySet());
        }
    }

    @Test
    void isReadByOthersWhileItGoesOn() throws Exception {
        ForgetfulDisk disk = disk(3);
        try (Journal journal = open(disk)) {
            publish(journal, 0);
            Thread writer =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        for (int i = 1; i < 10 * REQUESTS; i++) {
                                            publish(journal, i);
                                            state.held.keySet().removeIf(id -> id % 11 != 0);
                                        }
                                    });
            do {
                Set<Long> before = new HashSet<>(state.held.keySet());
                before.removeIf(id -> id % 11 != 0);
                List<Long> read = new ArrayList<>();
                JournalReader.read(
                        disk, DIRECTORY, message -> Long.parseLong(message.messageId()), read::add);
                assertThat(read).isSorted().doesNotHaveDuplicates().containsAll(before);
            } while (writer.isAlive());
            writer.join();
            await().until(() -> Segment.in(disk, DIRECTORY).getFirst().number() >= 1);
        }
    }

    private void load(ForgetfulDisk disk) {
        try (Journal journal = open(disk)) {
            for (int i = 0; i < REQUESTS && !disk.hasCrashed(); i++) {
                publish(journal, i);
                // some segments lose all that they held, others most of it
                int request = i;
                state.held
                        .keySet()
                        .removeIf(
                                id ->
                                        id % PER_REQUEST != 0
                                                || (id / 50 % 2 == 0 && id < request - 20));
            }
        } catch (JournalException e) {
            assertThat(disk.hasCrashed()).isTrue();
        }
    }

    private ForgetfulDisk disk(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        return new ForgetfulDisk(random);
    }

    private Journal open(ForgetfulDisk disk) {
        return Journal.in(disk.files(SEGMENT), state, Runnable::run);
    }

    private static RecordedState reopened(ForgetfulDisk disk) {
        RecordedState after = new RecordedState();
        Journal.in(disk.files(SEGMENT), after, Runnable::run).close();
        return after;
    }

    private static long size(ForgetfulDisk disk) throws IOException {
        long size = 0;
        for (Segment segment : Segment.in(disk, DIRECTORY)) {
            size += disk.openForReading(segment.file()).size();
        }
        return size;
    }

    private void acknowledge(Journal journal, int request) {
        journal.appendSoon(
                new Acknowledged(
                        "s",
                        LongStream.range(
                                        (long) request * PER_REQUEST,
                                        (long) (request + 1) * PER_REQUEST)
                                .toArray()));
    }

    private void publish(Journal journal, int request) {
        List<byte[]> messages = new ArrayList<>();
        long firstId = (long) request * PER_REQUEST;
        for (int i = 0; i < PER_REQUEST; i++) {
            messages.add(
                    PubsubMessage.newBuilder()
                            .setMessageId(Long.toString(firstId + i))
                            .putAttributes("a", "x".repeat(60))
                            .build()
                            .toByteArray());
        }
        Published published = new Published("t", firstId, "", 0, messages);
        CountDownLatch answered = new CountDownLatch(1);
        journal.append(
                published,
                new Journal.Commit() {
                    @Override
                    public void durable() {
                        throw new AssertionError("it stands somewhere");
                    }

                    @Override
                    public void durableAt(long location) {
                        state.publish(published, location).forEach(one -> written.add(one.id()));
                        answered.countDown();
                    }

                    @Override
                    public void failed(JournalException reason) {
                        answered.countDown();
                    }
                });
        try {
            assertThat(answered.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
