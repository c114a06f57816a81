package io.farandole.pubsub.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.PubsubMessage;
import io.farandole.pubsub.journal.JournalRecord.Acknowledged;
import io.farandole.pubsub.journal.JournalRecord.Defined;
import io.farandole.pubsub.journal.JournalRecord.Kind;
import io.farandole.pubsub.journal.JournalRecord.Published;
import io.farandole.pubsub.journal.JournalRecord.Removed;
import io.farandole.pubsub.journal.JournalRecord.Seeked;
import io.farandole.pubsub.journal.JournalRecord.Target;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The journal's files: what comes back, what a crash may cut off, and what is damage. */
class JournalTest {

    @TempDir Path directory;
    private final RecordedState state = new RecordedState();

    @Test
    void givesBackEveryKindOfRecord() {
        List<JournalRecord> records =
                List.of(
                        new Defined(Kind.TOPIC, "t", new byte[] {1, 2}),
                        new Defined(Kind.SUBSCRIPTION, "s", new byte[] {3}),
                        published(17, "key", "é", "zwei"),
                        new Acknowledged("s", new long[] {17, 18}),
                        new Seeked("s", new Target.ToTime(17), 18),
                        new Seeked("s", new Target.ToSnapshot("projects/p/snapshots/é"), 19),
                        new Removed(Kind.SUBSCRIPTION, "s"),
                        new Removed(Kind.TOPIC, "t"));
        write(records);
        assertThat(replay()).usingRecursiveComparison().isEqualTo(records);
    }

    @Test
    void cutsOffARecordThatACrashCutShortWhereverThatWas() throws IOException {
        write(List.of(published(1, "", "first"), published(2, "", "second")));
        Path file = segment(1);
        long whole = Files.size(file) - RecordFormat.MARK_SIZE;
        byte[] bytes = Files.readAllBytes(file);
        int second = RecordFormat.encode(published(2, "", "second")).length;
        for (long length = whole - second + 1; length < whole; length++) {
            Files.write(file, java.util.Arrays.copyOf(bytes, (int) length));
            assertThat(replay()).hasSize(1);
            write(List.of(published(2, "", "again")));
            assertThat(replay()).hasSize(2);
        }
    }

    @Test
    void startsAnewWhenTheCrashCameBeforeTheFirstByteWasOnDisk() throws IOException {
        for (byte[] content : new byte[][] {{}, {'F', 'A'}, new byte[300]}) {
            Files.write(segment(1), content);
            assertThat(replay()).isEmpty();
            write(List.of(published(1, "", "m")));
            assertThat(replay()).hasSize(1);
            Files.delete(segment(1));
        }
    }

    @Test
    void namesFileAndOffsetOfADamagedRecord() throws IOException {
        write(List.of(published(1, "", "first")));
        write(List.of(published(2, "", "second"), published(3, "", "third")));
        long end = Files.size(segment(1));
        for (long at = 8; at < end - RecordFormat.MARK_SIZE; at++) {
            flip(at);
            assertThatThrownBy(this::replay)
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining(segment(1).toString())
                    .hasMessageContaining("offset");
            assertThatThrownBy(() -> JournalReader.read(directory, _ -> {}))
                    .isInstanceOf(JournalException.class);
            flip(at);
        }
        assertThat(replay()).hasSize(3);
    }

    @Test
    void refusesAHoleBetweenFiles() throws IOException {
        for (int i = 0; i < 3; i++) {
            writeInSegments(List.of(published(i, "", "x".repeat(200))), 100);
        }
        assertThat(segment(3)).exists();
        Files.delete(segment(2));
        assertThatThrownBy(this::replay)
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("hole");
    }

    @Test
    void refusesASecondServerInTheDirectory() {
        Journal first = open(Long.MAX_VALUE);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> open(Long.MAX_VALUE))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("in use");
        }
        first.close();
        open(Long.MAX_VALUE).close();
    }

    @Test
    void refusesRecordsOnceItIsClosed() {
        Journal journal = open(Long.MAX_VALUE);
        journal.close();
        List<String> reasons = new ArrayList<>();
        journal.append(
                published(1, "", "late"),
                new Journal.Commit() {
                    @Override
                    public void durable() {
                        throw new AssertionError("nothing was written");
                    }

                    @Override
                    public void failed(JournalException reason) {
                        reasons.add(reason.getMessage());
                    }
                });
        assertThat(reasons).hasSize(1);
    }

    /**
     * A crash leaves a beginning of what was written, or rubble after the last forced byte; never a
     * gap, never more.
     */
    @Test
    void givesBackABeginningAfterAnyCrash() throws IOException {
        for (int round = 0; round < 40; round++) {
            long seed = CrashSeeds.next();
            try {
                crash(CrashSeeds.generator(seed));
            } catch (AssertionError | RuntimeException e) {
                throw CrashSeeds.failed(seed, e);
            }
        }
    }

    private void crash(RandomGenerator random) throws IOException {
        clear();
        List<JournalRecord> records = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            records.add(
                    random.nextInt(3) == 0
                            ? new Acknowledged("s", random.longs(random.nextInt(5)).toArray())
                            : published(
                                    i, "k" + random.nextInt(3), "x".repeat(random.nextInt(300))));
        }
        writeInSegments(records, 1_000);
        List<Segment> segments = Segment.in(MachineDisk.INSTANCE, directory);
        Path last = segments.getLast().file();
        int before = segments.size() == 1 ? 0 : countUpTo(segments.subList(0, segments.size() - 1));
        byte[] bytes = Files.readAllBytes(last);
        int cut = random.nextInt(bytes.length + 1);
        byte[] crashed =
                java.util.Arrays.copyOf(
                        bytes, cut + (random.nextBoolean() ? 0 : random.nextInt(200)));
        if (random.nextBoolean()) {
            for (int i = Math.max(cut, 8); i < crashed.length; i++) {
                crashed[i] = (byte) random.nextInt();
            }
        }
        Files.write(last, crashed);
        List<JournalRecord> replayed = replay();
        assertThat(replayed).hasSizeGreaterThanOrEqualTo(before);
        assertThat(encoded(replayed)).isEqualTo(encoded(records.subList(0, replayed.size())));
        assertThat(replay()).hasSameSizeAs(replayed);
    }

    /** To compare them byte by byte, and not as objects, which takes a hundred times as long. */
    private static List<ByteBuffer> encoded(List<JournalRecord> records) {
        return records.stream().map(RecordFormat::encode).map(ByteBuffer::wrap).toList();
    }

    private int countUpTo(List<Segment> segments) throws IOException {
        int[] count = new int[1];
        for (Segment segment : segments) {
            try (Disk.OpenFile file = MachineDisk.INSTANCE.openForReading(segment.file())) {
                segment.walk(
                        file,
                        0,
                        (journalRecord, _) ->
                                count[0] += journalRecord instanceof JournalRecord.Begun ? 0 : 1);
            }
        }
        return count[0];
    }

    @Test
    void readsWhatWasPublishedFromAllFilesWithoutTheServer() {
        List<JournalRecord> records = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            records.add(published(2L * i, "key" + i, "a" + i, "b" + i));
            records.add(new Acknowledged("s", new long[] {i}));
        }
        writeInSegments(records, 2_000);
        List<JournaledMessage> messages = new ArrayList<>();
        assertThat(JournalReader.read(directory, messages::add)).isEqualTo(200);
        assertThat(messages).hasSize(200);
        JournaledMessage message = messages.get(199);
        assertThat(message.topic()).isEqualTo("t");
        assertThat(message.messageId()).isEqualTo("199");
        assertThat(message.orderingKey()).isEqualTo("key99");
        assertThat(message.attributes()).containsEntry("n", "199");
        assertThat(new String(message.data(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("b99");
        assertThat(message.publishTime()).isEqualTo(java.time.Instant.ofEpochSecond(1_700_000_000));
    }

    @Test
    void readsOnlyWholeRecordsWhileTheServerWrites() throws Exception {
        try (Journal journal = open(20_000)) {
            Thread writer =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        for (int i = 0; i < 1_000; i++) {
                                            append(
                                                    journal,
                                                    List.of(published(i, "", "x".repeat(i % 100))));
                                        }
                                    });
            long seen = 0;
            do {
                List<String> ids = new ArrayList<>();
                long count = JournalReader.read(directory, message -> ids.add(message.messageId()));
                assertThat(count).isGreaterThanOrEqualTo(seen);
                for (int i = 0; i < ids.size(); i++) {
                    assertThat(ids.get(i)).isEqualTo(Integer.toString(i));
                }
                seen = count;
            } while (writer.isAlive());
            writer.join();
            assertThat(JournalReader.read(directory, _ -> {})).isEqualTo(1_000);
        }
    }

    /** Whichever of the reader's looks at the directory it comes after. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void readsAWholeBeginningThoughAFileEndsBetweenTwoLooks(int look) throws Exception {
        try (Journal journal = open(2_000)) {
            append(journal, List.of(published(0, "", "first")));
            AtomicInteger looks = new AtomicInteger();
            Disk disk =
                    (Disk)
                            Proxy.newProxyInstance(
                                    Disk.class.getClassLoader(),
                                    new Class<?>[] {Disk.class},
                                    (_, method, arguments) -> {
                                        Object found =
                                                method.invoke(MachineDisk.INSTANCE, arguments);
                                        if (method.getName().equals("list")
                                                && looks.incrementAndGet() == look) {
                                            for (int i = 1; i < 60; i++) {
                                                append(
                                                        journal,
                                                        List.of(published(i, "", "x".repeat(90))));
                                            }
                                        }
                                        return found;
                                    });

            List<String> ids = new ArrayList<>();
            long _ = JournalReader.read(disk, directory, JournaledMessage::messageId, ids::add);

            assertThat(ids)
                    .isEqualTo(IntStream.range(0, ids.size()).mapToObj(Integer::toString).toList());
            assertThat(ids).hasSizeGreaterThanOrEqualTo(look < 3 ? 60 : 1);
            assertThat(Segment.in(MachineDisk.INSTANCE, directory)).hasSizeGreaterThan(1);
        }
    }

    @Test
    void makesRoomAheadThatCountsForNothingAndGoesAtTheEnd() throws IOException {
        Path crashed = directory.resolve("a copy");
        try (Journal journal = open(Long.MAX_VALUE)) {
            append(journal, List.of(published(1, "", "first")));
            assertThat(Files.size(segment(1))).isGreaterThan(100_000);
            assertThat(JournalReader.read(directory, _ -> {})).isEqualTo(1);
            Files.copy(segment(1), crashed);
            append(journal, List.of(published(2, "", "second")));
        }
        assertThat(Files.size(segment(1))).isLessThan(1_000);
        assertThat(replay()).hasSize(2);

        Files.copy(crashed, segment(1), StandardCopyOption.REPLACE_EXISTING);
        write(List.of(published(2, "", "after the crash")));
        assertThat(replay()).hasSize(2);
    }

    @Test
    void saysWhenThereIsNoJournal() {
        assertThatThrownBy(() -> JournalReader.read(directory, _ -> {}))
                .hasMessageContaining("There is no journal");
        assertThatThrownBy(() -> JournalReader.read(directory.resolve("nowhere"), _ -> {}))
                .hasMessageContaining("There is no journal");
    }

    private Path segment(long number) {
        return new Segment(directory, number).file();
    }

    private void flip(long at) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(segment(1).toFile(), "rw")) {
            file.seek(at);
            int old = file.read();
            file.seek(at);
            file.write(old ^ 0x5A);
        }
    }

    private void clear() throws IOException {
        for (Segment segment : Segment.in(MachineDisk.INSTANCE, directory)) {
            Files.delete(segment.file());
        }
    }

    private List<JournalRecord> replay() {
        RecordedState replayed = new RecordedState();
        Journal.in(JournalFiles.in(directory), replayed, Runnable::run).close();
        return replayed.records;
    }

    private void write(List<JournalRecord> records) {
        writeInSegments(records, Long.MAX_VALUE);
    }

    private Journal open(long segmentBytes) {
        return Journal.in(
                JournalFiles.in(directory).segmentBytes(segmentBytes), state, Runnable::run);
    }

    private void writeInSegments(List<JournalRecord> records, long segmentBytes) {
        try (Journal journal = open(segmentBytes)) {
            append(journal, records);
        }
    }

    private void append(Journal journal, List<JournalRecord> records) {
        for (JournalRecord journalRecord : records) {
            CountDownLatch written = new CountDownLatch(1);
            journal.append(
                    journalRecord,
                    new Journal.Commit() {
                        @Override
                        public void durable() {
                            throw new AssertionError("it stands somewhere");
                        }

                        @Override
                        public void durableAt(long location) {
                            if (journalRecord instanceof Published published) {
                                state.publish(published, location);
                            }
                            written.countDown();
                        }

                        @Override
                        public void failed(JournalException reason) {
                            throw reason;
                        }
                    });
            try {
                assertThat(written.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static Published published(long firstId, String key, String... texts) {
        List<byte[]> messages = new ArrayList<>();
        for (String text : texts) {
            String id = Long.toString(firstId + messages.size());
            messages.add(
                    PubsubMessage.newBuilder()
                            .setData(ByteString.copyFromUtf8(text))
                            .putAttributes("n", id)
                            .setMessageId(id)
                            .setOrderingKey(key)
                            .setPublishTime(Timestamp.newBuilder().setSeconds(1_700_000_000))
                            .build()
                            .toByteArray());
        }
        return new Published("t", firstId, key, 1_700_000_000_000L, messages);
    }
}
