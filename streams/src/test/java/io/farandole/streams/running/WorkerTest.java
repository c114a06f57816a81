package io.farandole.streams.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.cloud.pubsub.v1.AckReplyConsumer;
import io.farandole.streams.Delivery;
import io.farandole.streams.batch.InfrastructureTrouble;
import io.farandole.streams.batch.Receipt;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerTest {

    private final List<String> history = Collections.synchronizedList(new ArrayList<>());
    private final Lane lane = new Lane();
    private Thread thread = new Thread();

    @AfterEach
    void close() throws InterruptedException {
        lane.close();
        thread.join();
    }

    @Test
    void acknowledgesAfterTheCommit() {
        start(batch -> history.add("commit " + batch.size()));

        offer("a");

        awaitHistory("commit 1", "ack a");
    }

    @Test
    void takesWhateverWaitsButNoMoreThanABatch() {
        for (int i = 0; i < 7; i++) {
            offer("m" + i);
        }

        start(batch -> history.add("commit " + batch.size()));

        await().until(() -> history.size() == 10);
        assertThat(history)
                .filteredOn(line -> line.startsWith("commit"))
                .containsExactly("commit 3", "commit 3", "commit 1");
    }

    @Test
    void holdsTheBatchWhileThereIsTroubleAndTriesTheSameAgain() {
        List<List<Delivery>> tried = Collections.synchronizedList(new ArrayList<>());
        Worker worker =
                start(
                        batch -> {
                            tried.add(batch);
                            if (tried.size() < 3) {
                                throw new InfrastructureTrouble("the database is away", null);
                            }
                        });

        offer("a");
        await().until(() -> worker.state() instanceof WorkerState.Paused);

        awaitHistory("ack a");
        assertThat(tried).hasSize(3).containsOnly(tried.getFirst());
        await().until(() -> worker.state() instanceof WorkerState.Working);
    }

    @Test
    void givesTheBatchBackWhenItIsClosedInTrouble() throws InterruptedException {
        Worker worker =
                start(
                        _ -> {
                            throw new InfrastructureTrouble("the database is away", null);
                        });
        offer("a");
        await().until(() -> worker.state() instanceof WorkerState.Paused);

        lane.close();
        thread.join();

        assertThat(history).containsExactly("nack a");
    }

    @Test
    void givesTheBatchBackOnAFaultAndGoesOn() {
        CountDownLatch seen = new CountDownLatch(1);
        Worker worker =
                start(
                        _ -> {
                            if (history.isEmpty()) {
                                throw new StackOverflowError("a fault");
                            }
                            seen.await();
                        });

        offer("a");
        awaitHistory("nack a");
        await().until(() -> worker.state() instanceof WorkerState.Failed);
        offer("a");
        offer("b");
        seen.countDown();

        awaitHistory("nack a", "ack a", "ack b");
        await().until(() -> worker.state() instanceof WorkerState.Working);
    }

    @Test
    void givesBackWhatWaitsBehindAFaultAndWhatComesBeforeTheFirstComesAgain() {
        for (String id : List.of("a", "b", "c", "d", "e")) {
            offer(id);
        }
        start(
                batch -> {
                    if (history.isEmpty()) {
                        throw new IllegalStateException("a fault");
                    }
                    batch.forEach(one -> history.add("commit " + one.messageId()));
                });
        await().until(() -> history.size() == 5);

        assertThat(lane.offer(held("f"))).isFalse();
        offer("a");
        offer("b");

        awaitHistory(
                "nack a",
                "nack b",
                "nack c",
                "nack d",
                "nack e",
                "commit a",
                "commit b",
                "ack a",
                "ack b");
    }

    @Test
    void refusesWhatComesAfterTheEnd() {
        lane.close();

        assertThat(lane.offer(held("late"))).isFalse();
    }

    private Worker start(Committing committing) {
        Worker worker =
                new Worker(
                        "Worker under test",
                        0,
                        lane,
                        3,
                        Gathering.NONE,
                        (batch, _) -> {
                            try {
                                committing.commit(batch);
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                            return Receipt.NOTHING;
                        },
                        (_, _, _) -> {},
                        Clock.systemUTC());
        thread = new Thread(worker);
        thread.start();
        return worker;
    }

    private void offer(String id) {
        assertThat(lane.offer(held(id))).isTrue();
    }

    private Held held(String id) {
        return new Held(
                new Delivery(id, "key", Map.of(), new byte[0], Instant.EPOCH),
                new AckReplyConsumer() {
                    @Override
                    public void ack() {
                        history.add("ack " + id);
                    }

                    @Override
                    public void nack() {
                        history.add("nack " + id);
                    }
                },
                0);
    }

    private void awaitHistory(String... lines) {
        await().untilAsserted(() -> assertThat(history).containsExactly(lines));
    }

    @FunctionalInterface
    private interface Committing {
        void commit(List<Delivery> batch) throws InterruptedException;
    }
}
