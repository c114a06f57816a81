package io.farandole.streams.batch;

import static io.farandole.streams.batch.WindowsContract.START;
import static io.farandole.streams.batch.WindowsContract.viewed;
import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.ActivityEvent;
import io.farandole.events.Message;
import io.farandole.streams.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
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

/** Several instances fire timers at the same time, beside batches that set them, and some die. */
final class TimersIT {

    private static final int INSTANCES = 2;
    private static final int WORKERS = 2;
    private static final int AT_ONCE = 20;

    private final SettableClock clock = new SettableClock(START);
    private final List<PreparedProcessor> instances = new ArrayList<>();
    private final AtomicInteger troubles = new AtomicInteger();
    private BatchDatabase database;

    @BeforeEach
    void prepare() {
        database = BatchDatabase.emptied(Visits.NAME);
        for (int instance = 0; instance < INSTANCES; instance++) {
            instances.add(
                    new PreparingProcessors(database.pool(2 * WORKERS), clock)
                            .prepare(Visits.processor()));
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void fireOnceEachUnderAStormOfLostConnections() throws Exception {
        int timers = 400;
        List<Delivery> deliveries = new ArrayList<>();
        for (int i = 0; i < timers; i++) {
            String user = (i % 2 == 0 ? Visits.BARE : "") + i;
            deliveries.add(StoredVisits.delivery(viewed(i, user, "remind", 0, 0)));
        }
        instances.getFirst().batches(Visits.SOURCE).apply(deliveries, 0);
        clock.advance(Duration.ofHours(1));

        AtomicInteger fired = new AtomicInteger();
        int kills =
                underAStorm(
                        () ->
                                inParallel(
                                        instance -> {
                                            FiringTimers firing = instance.firingTimers();
                                            while (timersLeft() > 0) {
                                                fired.addAndGet(untilKnown(firing).fired());
                                            }
                                        }));

        assertThat(kills).isPositive();
        // Of a transaction whose commit was not answered, nobody knows here that it fired.
        assertThat(fired.get()).isLessThanOrEqualTo(timers);
        assertThat(database.rows("select count(*), count(distinct event_id) from streams.outbox"))
                .containsExactly(timers + "|" + timers);
        assertThat(
                        database.number(
                                "select count(*) from visits.reminded where value = '{\"number\":1}'"))
                .isEqualTo(timers / 2);
        assertThat(database.ledger()).isEqualTo("400|400|0|0|0|0|0");
    }

    @Test
    void finalResultsHoldWhatWasAppliedAndAreSaidOnce() throws Exception {
        int events = 3_000;
        clock.advance(Duration.ofHours(30));
        Queue<List<Message<ActivityEvent>>> batches = batches(events, new Random(5));
        AtomicBoolean over = new AtomicBoolean();
        int kills =
                underAStorm(
                        () -> {
                            try (ExecutorService firing = Executors.newFixedThreadPool(INSTANCES)) {
                                List<Future<?>> firings = new ArrayList<>();
                                for (PreparedProcessor instance : instances) {
                                    firings.add(
                                            firing.submit(
                                                    () ->
                                                            fireUntil(
                                                                    over,
                                                                    instance.firingTimers())));
                                }
                                try {
                                    inParallel(instance -> apply(batches, instance));
                                } finally {
                                    over.set(true);
                                }
                                for (Future<?> one : firings) {
                                    one.get();
                                }
                            }
                        });
        database.execute(
                "insert into streams.watermark select max(generation), 32767, '%s' from streams.watermark"
                        .formatted(START.plus(Duration.ofHours(40))));
        FiringTimers firing = instances.getFirst().firingTimers();
        while (firing.fireDue(AT_ONCE).fired() > 0) {
            // All that is left.
        }

        assertThat(kills).isPositive();
        assertThat(timersLeft()).isZero();
        assertThat(database.number("select sum(applied + late) from streams.ledger"))
                .isEqualTo(events);
        assertThat(database.number("select sum(late) from streams.ledger")).isPositive();
        long applied = database.number("select sum(applied) from streams.ledger");
        assertThat(database.number("select sum((value ->> 'number')::int) from visits.hourly"))
                .isEqualTo(applied);
        // Each window was said once, with all that was ever folded into it.
        assertThat(
                        database.rows(
                                """
                                select split_part(h.key, '|', 1), h.value ->> 'number'
                                from visits.hourly h order by 1, 2
                                """))
                .isEqualTo(
                        database.rows(
                                """
                                select b #>> '{listRefreshed,user}', b #>> '{listRefreshed,version}'
                                from (select convert_from(payload, 'UTF8')::jsonb b
                                      from streams.outbox) said
                                order by 1, 2
                                """));
    }

    /** Users' views over a day, each batch somewhere around the time that it has reached. */
    private static Queue<List<Message<ActivityEvent>>> batches(int events, Random random) {
        Queue<List<Message<ActivityEvent>>> batches = new ConcurrentLinkedQueue<>();
        for (int from = 0; from < events; from += 20) {
            List<Message<ActivityEvent>> batch = new ArrayList<>();
            for (int i = from; i < from + 20; i++) {
                int minute = Math.max(0, i * 24 * 60 / events - random.nextInt(90));
                batch.add(viewed(i, "u" + random.nextInt(8), "hour", minute, minute));
            }
            batches.add(batch);
        }
        return batches;
    }

    private void apply(Queue<List<Message<ActivityEvent>>> batches, PreparedProcessor instance) {
        BatchTransaction<ActivityEvent> transaction = instance.batches(Visits.SOURCE);
        int worker = (int) (Thread.currentThread().threadId() % 1_000);
        List<Message<ActivityEvent>> batch;
        while ((batch = batches.poll()) != null) {
            List<Delivery> deliveries = batch.stream().map(StoredVisits::delivery).toList();
            boolean applied = false;
            while (!applied) {
                try {
                    transaction.apply(deliveries, worker);
                    applied = true;
                } catch (InfrastructureTrouble e) {
                    troubles.incrementAndGet();
                }
            }
        }
    }

    private void fireUntil(AtomicBoolean over, FiringTimers firing) {
        while (!over.get()) {
            Receipt _ = untilKnown(firing);
        }
    }

    private Receipt untilKnown(FiringTimers firing) {
        try {
            return firing.fireDue(AT_ONCE);
        } catch (InfrastructureTrouble e) {
            troubles.incrementAndGet();
            return Receipt.NOTHING;
        }
    }

    private long timersLeft() {
        return database.number("select count(*) from streams.timer");
    }

    private interface Working {
        void work(PreparedProcessor instance);
    }

    private interface Doing {
        void run() throws Exception;
    }

    private void inParallel(Working working) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(INSTANCES * WORKERS)) {
            List<Future<?>> workers = new ArrayList<>();
            for (int worker = 0; worker < INSTANCES * WORKERS; worker++) {
                PreparedProcessor instance = instances.get(worker % INSTANCES);
                workers.add(threads.submit(() -> working.work(instance)));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        }
    }

    /** Ends backends of the instances while this runs; says how many. */
    private int underAStorm(Doing doing) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService storm = Executors.newSingleThreadExecutor()) {
            Future<Integer> kills = storm.submit(() -> killUntil(over));
            try {
                doing.run();
            } finally {
                over.set(true);
            }
            return kills.get();
        }
    }

    // Only who is in a transaction of ours: the test's own look at the tables is left alone.
    private int killUntil(AtomicBoolean over) {
        int kills = 0;
        while (!over.get()) {
            kills +=
                    (int)
                            database.number(
                                    """
                                    select count(pg_terminate_backend(pid)) from (
                                      select pid from pg_stat_activity a
                                      where usename = current_user and pid <> pg_backend_pid()
                                        and backend_type = 'client backend'
                                        and exists (select from pg_locks l where l.pid = a.pid
                                          and l.locktype = 'advisory')
                                      order by random() limit 1) unlucky
                                    """);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(15));
        }
        return kills;
    }
}
