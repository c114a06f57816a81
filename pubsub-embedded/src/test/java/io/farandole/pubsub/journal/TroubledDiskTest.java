package io.farandole.pubsub.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.farandole.pubsub.journal.JournalRecord.Acknowledged;
import io.farandole.pubsub.journal.JournalRecord.Defined;
import io.farandole.pubsub.journal.JournalRecord.Kind;
import io.farandole.pubsub.journal.JournalRecord.Published;
import io.farandole.pubsub.journal.TroubledDisk.Trouble;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everyone is answered whatever the disk does, and what waits for it stays within bounds. */
class TroubledDiskTest {

    @TempDir Path directory;
    private final TroubledDisk disk = new TroubledDisk();
    private final CountDownLatch stalled = new CountDownLatch(1);
    private final CountDownLatch goesOn = new CountDownLatch(1);

    private static final class Told implements Journal.Commit {
        private final CountDownLatch answered = new CountDownLatch(1);
        private volatile String answer = "";

        @Override
        public void durable() {
            answer = "durable";
            answered.countDown();
        }

        @Override
        public void failed(JournalException reason) {
            answer = reason.getClass().getSimpleName() + ": " + reason.getMessage();
            answered.countDown();
        }

        String await() {
            try {
                assertThat(answered.await(10, TimeUnit.SECONDS)).as("is answered").isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return answer;
        }
    }

    @Test
    void answersAllOnceSomethingUnforeseenHappenedToItsThread() {
        for (Throwable bug : List.of(new IllegalStateException("a bug"), new Error("a bug"))) {
            try (Journal journal = open(files())) {
                disk.beforeWrite = () -> unforeseen(bug);
                assertThat(append(journal, 10).await())
                        .startsWith("JournalException")
                        .contains("cannot be written any more", "a bug");
                assertThat(append(journal, 10).await()).contains("a bug");
            }
            disk.beforeWrite = () -> {};
        }
    }

    private static void unforeseen(Throwable bug) {
        switch (bug) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new AssertionError(bug);
        }
    }

    @Test
    void answersTheOthersWhenWhatFollowsAFailureFails() {
        try (Journal journal = open(files())) {
            stall();
            Told first = append(journal, 10);
            awaitStall();
            journal.append(
                    published(10),
                    new Journal.Commit() {
                        @Override
                        public void durable() {
                            throw new IllegalStateException("trouble of one caller");
                        }

                        @Override
                        public void failed(JournalException reason) {
                            throw new IllegalStateException("trouble of one caller");
                        }
                    });
            Told third = append(journal, 10);
            disk.beforeWrite =
                    () -> {
                        throw new IOException("No space left on device");
                    };
            goesOn.countDown();
            assertThat(first.await()).isEqualTo("durable");
            assertThat(third.await()).startsWith("JournalFullException");
        }
    }

    @Test
    void refusesMessagesThatTheDiskDoesNotKeepUpWith() {
        try (Journal journal = open(files().mostWaiting(10_000))) {
            stall();
            List<Told> taken = new ArrayList<>();
            taken.add(append(journal, 4_000));
            awaitStall();
            taken.add(append(journal, 4_000));
            Told refused = append(journal, 4_000);
            assertThat(refused.await())
                    .startsWith("JournalFullException")
                    .contains("does not keep up");
            // they took effect already
            journal.appendSoon(new Acknowledged("s", new long[1_000]));
            goesOn.countDown();
            taken.forEach(one -> assertThat(one.await()).isEqualTo("durable"));
            await().until(() -> append(journal, 4_000).await().equals("durable"));
            // no request is too long for a disk that has nothing else to do
            await().until(() -> append(journal, 20_000).await().equals("durable"));
        }
        assertThat(replay().stream().filter(Acknowledged.class::isInstance)).hasSize(1);
    }

    @Test
    void countsWhatIsBeingWrittenTowardsTheLimit() {
        try (Journal journal = open(files().limit(10_000))) {
            stall();
            Told first = append(journal, 6_000);
            awaitStall();
            Told second = append(journal, 6_000);
            goesOn.countDown();
            assertThat(second.await()).contains("limit of 10000 bytes");
            assertThat(first.await()).isEqualTo("durable");
            assertThat(append(journal, 2_000).await()).isEqualTo("durable");
        }
    }

    @Test
    void countsTheCopyOfASegmentTowardsTheLimit() {
        RecordedState state = new RecordedState();
        try (Journal journal = Journal.in(files().limit(100_000), state, Runnable::run)) {
            stall();
            Trouble waits = disk.beforeForce;
            disk.beforeForce =
                    () -> {
                        if (Thread.currentThread().getName().endsWith("compaction")) {
                            waits.come();
                        }
                    };
            // two to a file, and nearly nothing of it held: worth a copy
            for (int i = 0; i < 3; i++) {
                assertThat(appendHeld(journal, state, i).await()).isEqualTo("durable");
            }
            awaitStall();
            int taken = 3;
            while (appendHeld(journal, state, taken).await().equals("durable")) {
                taken++;
            }
            // the file of which there is a copy takes a fifth of the limit
            assertThat(taken).isEqualTo(7);
            goesOn.countDown();
            await().until(() -> append(journal, 10_000).await().equals("durable"));
        }
    }

    private static Told appendHeld(Journal journal, RecordedState state, int request) {
        Published published =
                new Published("t", request * 2L, "", 0, List.of(new byte[10], new byte[10_000]));
        Told told = new Told();
        journal.append(
                published,
                new Journal.Commit() {
                    @Override
                    public void durable() {
                        throw new AssertionError("it stands somewhere");
                    }

                    @Override
                    public void durableAt(long location) {
                        state.publish(published, location);
                        state.held.remove(request * 2L + 1);
                        told.durable();
                    }

                    @Override
                    public void failed(JournalException reason) {
                        told.failed(reason);
                    }
                });
        return told;
    }

    @Test
    void acknowledgementsWaitForRoomUntilTheEnd() {
        Told acknowledged = new Told();
        try (Journal journal = open(files())) {
            disk.beforeWrite =
                    () -> {
                        throw new IOException("No space left on device");
                    };
            journal.append(new Acknowledged("s", new long[] {1}), acknowledged);
            for (int i = 0; i < 3; i++) {
                assertThat(append(journal, 10).await()).contains("No space left");
            }
            assertThat(acknowledged.answer).isEmpty();
        }
        assertThat(acknowledged.await()).contains("No space left");
    }

    @Test
    void dividesWhatIsAcknowledgedAmongRecordsThatCanBeReadBack() {
        long[] ids = LongStream.range(0, 250_000).toArray();
        try (Journal journal = open(files())) {
            journal.appendSoon(new Acknowledged("s", ids));
            Told told = new Told();
            journal.append(new Acknowledged("s", ids), told);
            assertThat(told.await()).isEqualTo("durable");
        }
        List<long[]> read =
                replay().stream().map(one -> ((Acknowledged) one).messageIds()).toList();
        assertThat(read).allMatch(part -> part.length <= WaitingRecord.MOST_IDS);
        assertThat(read.stream().flatMapToLong(LongStream::of).toArray())
                .isEqualTo(LongStream.concat(LongStream.of(ids), LongStream.of(ids)).toArray());
    }

    @Test
    void refusesARecordThatCouldNotBeReadBack() {
        Defined huge = new Defined(Kind.SCHEMA, "s", new byte[RecordFormat.MAX_BODY]);
        assertThatThrownBy(() -> RecordFormat.encode(huge))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("too long");
        try (Journal journal = open(files())) {
            Told told = new Told();
            journal.append(huge, told);
            assertThat(told.await()).contains("too long");
            assertThat(append(journal, 10).await()).isEqualTo("durable");
        }
        assertThat(replay()).hasSize(1);
    }

    private void stall() {
        disk.beforeForce =
                () -> {
                    stalled.countDown();
                    try {
                        var _ = goesOn.await(15, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                };
    }

    private void awaitStall() {
        await().until(() -> stalled.getCount() == 0);
    }

    private JournalFiles files() {
        return JournalFiles.in(directory).segmentBytes(1 << 20).disk(disk);
    }

    private static Journal open(JournalFiles files) {
        return Journal.in(files, new RecordedState(), Runnable::run);
    }

    private List<JournalRecord> replay() {
        RecordedState replayed = new RecordedState();
        Journal.in(JournalFiles.in(directory), replayed, Runnable::run).close();
        return replayed.records;
    }

    private static Told append(Journal journal, int bytes) {
        Told told = new Told();
        journal.append(published(bytes), told);
        return told;
    }

    private static Published published(int bytes) {
        return new Published("t", 1, "", 0, List.of(new byte[bytes]));
    }
}
