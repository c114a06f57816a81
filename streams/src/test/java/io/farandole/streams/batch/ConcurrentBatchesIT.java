package io.farandole.streams.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.ActivityEvent;
import io.farandole.streams.Delivery;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances, each with a pool of its own, at the same keys at the same time. */
final class ConcurrentBatchesIT {

    private static final int USERS = 90;
    private static final int ITEMS = 40;
    private static final int WORKERS = 3;

    private final Instant now = Instant.now();
    private final List<BatchTransaction<ActivityEvent>> instances = new ArrayList<>();
    private BatchDatabase database;

    @BeforeEach
    void prepare() {
        database = BatchDatabase.emptied(Counting.NAME);
        for (int instance = 0; instance < 2; instance++) {
            instances.add(
                    new PreparingProcessors(database.pool(WORKERS), Clock.systemUTC())
                            .prepare(Counting.processor())
                            .batches(Counting.SOURCE));
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void loseNoUpdateOnFreshKeys() throws Exception {
        int events = 3_000;
        AtomicInteger applied = new AtomicInteger();
        Queue<List<Delivery>> batches = batches(events, 11);
        int deliveries = batches.stream().mapToInt(List::size).sum();

        runTwoInstances(
                batches,
                (transaction, batch, worker) -> {
                    Receipt receipt = transaction.apply(batch, worker);
                    assertThat(receipt.delivered()).isEqualTo(batch.size());
                    applied.addAndGet(receipt.applied());
                });

        assertThat(applied).hasValue(events);
        assertThat(database.ledger())
                .isEqualTo(deliveries + "|" + events + "|" + (deliveries - events) + "|0|0|0|0");
        assertExact(events);
    }

    @Test
    void areExactUnderAStormOfLostConnections() throws Exception {
        // Enough for many connections to be lost, however quick the disk is.
        int events = 5_000;
        AtomicInteger troubles = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService storm = Executors.newSingleThreadExecutor()) {
            Future<Integer> kills = storm.submit(() -> killUntil(over));
            try {
                runTwoInstances(
                        batches(events, 12),
                        (transaction, batch, worker) ->
                                untilCommitted(transaction, batch, worker, troubles));
            } finally {
                over.set(true);
            }
            assertThat(kills.get()).isGreaterThan(10);
        }

        assertThat(troubles.get()).isPositive();
        assertThat(database.number("select sum(delivered - duplicate) from streams.ledger"))
                .isEqualTo(events);
        assertExact(events);
    }

    private void assertExact(int events) {
        assertThat(
                        database.rows(
                                """
                                select key, value ->> 'number' from counting.users
                                order by substr(key, 2)::int
                                """))
                .isEqualTo(expected("u", USERS, events));
        assertThat(
                        database.rows(
                                """
                                select key, value ->> 'number' from counting.items
                                order by substr(key, 2)::int
                                """))
                .isEqualTo(expected("i", ITEMS, events));
        assertThat(database.number("select count(*) from streams.dead_letter")).isZero();
        assertThat(database.number("select count(distinct event_id) from streams.outbox"))
                .isEqualTo(events);
        // Each user's list tells that user's count: in the order of the outbox, one more each time.
        assertThat(
                        database.number(
                                """
                                select count(*) from (
                                  select (attributes ->> 'ce-sequence')::int as sequence,
                                    (convert_from(payload, 'UTF8')::jsonb
                                      #>> '{listRefreshed,version}')::int as told,
                                    row_number() over (partition by ordering_key order by id) place
                                  from streams.outbox) said
                                where sequence = place and told = place
                                """))
                .isEqualTo(events);
    }

    private static List<String> expected(String prefix, int keys, int events) {
        List<String> rows = new ArrayList<>();
        for (int key = 0; key < keys; key++) {
            int number = events / keys + (key < events % keys ? 1 : 0);
            rows.add(prefix + key + "|" + number);
        }
        return rows;
    }

    /** Batches of all sizes; a third of the events is in a second one too. */
    private Queue<List<Delivery>> batches(int events, long seed) {
        Random random = new Random(seed);
        List<Delivery> all = new ArrayList<>(Deliveries.ratings(0, events, USERS, ITEMS, now));
        all.addAll(Deliveries.ratings(0, events / 3, USERS, ITEMS, now));
        Collections.shuffle(all, random);
        Queue<List<Delivery>> batches = new ConcurrentLinkedQueue<>();
        for (int from = 0; from < all.size(); ) {
            int to = Math.min(all.size(), from + 1 + random.nextInt(60));
            batches.add(all.subList(from, to));
            from = to;
        }
        return batches;
    }

    private interface Working {
        void apply(BatchTransaction<ActivityEvent> transaction, List<Delivery> batch, int worker);
    }

    private void runTwoInstances(Queue<List<Delivery>> batches, Working working)
            throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(2 * WORKERS)) {
            List<Future<?>> workers = new ArrayList<>();
            for (int worker = 0; worker < 2 * WORKERS; worker++) {
                int number = worker;
                BatchTransaction<ActivityEvent> instance = instances.get(worker % 2);
                workers.add(
                        threads.submit(
                                () -> {
                                    List<Delivery> batch;
                                    while ((batch = batches.poll()) != null) {
                                        working.apply(instance, batch, number);
                                    }
                                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        }
    }

    /** As a broker would: what was not known to be committed is delivered again. */
    private static void untilCommitted(
            BatchTransaction<ActivityEvent> transaction,
            List<Delivery> batch,
            int worker,
            AtomicInteger troubles) {
        while (true) {
            try {
                transaction.apply(batch, worker);
                return;
            } catch (InfrastructureTrouble e) {
                troubles.incrementAndGet();
            }
        }
    }

    private int killUntil(AtomicBoolean over) {
        int kills = 0;
        while (!over.get()) {
            kills +=
                    (int)
                            database.number(
                                    """
                                    select count(pg_terminate_backend(pid)) from (
                                      select pid from pg_stat_activity
                                      where usename = current_user and pid <> pg_backend_pid()
                                        and backend_type = 'client backend'
                                      order by random() limit 1) unlucky
                                    """);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30));
        }
        return kills;
    }
}
