package io.farandole.streams.working;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.events.TrainingEvent;
import io.farandole.streams.Delivery;
import io.farandole.streams.batch.BatchDatabase;
import io.farandole.streams.batch.BatchTransaction;
import io.farandole.streams.batch.PreparedProcessor;
import io.farandole.streams.batch.PreparingProcessors;
import io.farandole.streams.batch.Training;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Long work, performed by several instances that come, go and lose what they held. */
final class WorkRunnerIT {

    private static final Duration POLL = Duration.ofMillis(20);
    private static final WorkSettings LONG_LEASE =
            new WorkSettings(Duration.ofMinutes(1), Duration.ofMillis(50), POLL);
    private static final WorkSettings SHORT_LEASE =
            new WorkSettings(Duration.ofMillis(300), Duration.ofMillis(50), POLL);

    private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final Training training = new Training();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final List<WorkRunner> runners = new ArrayList<>();
    private final AtomicInteger outputs = new AtomicInteger();
    private BatchDatabase database;
    private PreparedProcessor prepared;
    private BatchTransaction<TrainingEvent> batches;

    @BeforeEach
    void prepare() {
        database = BatchDatabase.emptied(Training.NAME);
        prepared =
                new PreparingProcessors(database.pool(6), Clock.systemUTC())
                        .prepare(training.processor());
        batches = prepared.batches(Training.source(prepared.processor()));
    }

    @AfterEach
    void close() {
        runners.forEach(WorkRunnerIT::stop);
        database.close();
    }

    @Test
    void isPerformedOnceWhenTwoInstancesRun() {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch both = new CountDownLatch(2);
        training.course =
                _ -> {
                    threads.add(Thread.currentThread().toString());
                    both.countDown();
                    both.await();
                };
        request(12);
        WorkRunner one = runner(LONG_LEASE);
        WorkRunner two = runner(LONG_LEASE);
        one.start();
        two.start();

        await().until(() -> states().equals(List.of("DONE|1|12")));
        assertThat(training.performed).hasValue(12);
        assertThat(said()).isEqualTo(12 * 3);
        assertThat(database.number("select count(distinct event_id) from streams.outbox"))
                .isEqualTo(12 * 3);
        await().untilAsserted(() -> assertThat(outputs).hasValue(12));
    }

    @Test
    void isBegunAtOnceWhenWoken() {
        WorkRunner sleepy =
                runner(
                        new WorkSettings(
                                Duration.ofMinutes(1),
                                Duration.ofSeconds(1),
                                Duration.ofMinutes(1)));
        sleepy.start();
        await().until(() -> sleepy.thread().trouble() == null && isIdle());
        request(1);
        sleepy.wake();
        await().until(() -> states().equals(List.of("DONE|1|1")));
    }

    @Test
    void keepsItsLeaseForAsLongAsItTakes() {
        CountDownLatch enough = new CountDownLatch(1);
        training.course = _ -> enough.await();
        request(1);
        runner(SHORT_LEASE).start();
        await().until(() -> training.performed.get() == 1);
        runner(SHORT_LEASE).start();

        await().during(SHORT_LEASE.lease().multipliedBy(3))
                .until(() -> training.performed.get() == 1);
        assertThat(running()).isGreaterThan(0.5);
        enough.countDown();
        await().until(() -> states().equals(List.of("DONE|1|1")));
        assertThat(database.rows("select fence from streams.work")).containsExactly("1");
        await().until(() -> running() == 0);
    }

    @Test
    void isTakenOverFromAnInstanceThatWasKilled() {
        request(1);
        assertThat(prepared.workQueue("killed").take(SHORT_LEASE.lease())).isPresent();
        runner(SHORT_LEASE).start();

        // The one that was killed is an attempt too.
        await().until(() -> states().equals(List.of("DONE|2|1")));
        assertThat(training.performed).hasValue(1);
        assertThat(database.rows("select fence from streams.work")).containsExactly("2");
    }

    @Test
    void isInterruptedAndSaysNothingWhereItsLeaseWasLost() {
        AtomicInteger interrupted = new AtomicInteger();
        CountDownLatch enough = new CountDownLatch(1);
        training.course =
                _ -> {
                    try {
                        enough.await();
                    } catch (InterruptedException e) {
                        interrupted.incrementAndGet();
                        // It heeds the interrupt, and claims that all went well.
                    }
                };
        request(1);
        runner(LONG_LEASE).start();
        await().until(() -> training.performed.get() == 1);
        database.execute("update streams.work set owner = 'another', fence = fence + 1");

        await().until(() -> interrupted.get() == 1);
        await().until(() -> ended("lost") == 1);
        assertThat(states()).containsExactly("QUEUED|0|1");
        assertThat(said()).isEqualTo(1);
        enough.countDown();
    }

    @Test
    void isGivenBackAtOnceWhenItsInstanceStops() {
        CountDownLatch never = new CountDownLatch(1);
        training.course = _ -> never.await();
        request(1);
        WorkRunner stopping = runner(LONG_LEASE);
        stopping.start();
        await().until(() -> training.performed.get() == 1);
        stop(stopping);
        assertThat(database.rows("select state, attempts, owner, expires_at from streams.work"))
                .containsExactly("QUEUED|0|null|null");

        training.course = _ -> {};
        runner(LONG_LEASE).start();
        await().until(() -> states().equals(List.of("DONE|1|1")));
    }

    @Test
    void isTriedAgainUntilItIsGivenUp() {
        training.course =
                _ -> {
                    throw new IllegalStateException("no data");
                };
        request(1);
        runner(LONG_LEASE).start();
        for (int attempt = 1; attempt < 3; attempt++) {
            int failures = attempt;
            await().until(() -> states().equals(List.of("QUEUED|" + failures + "|1")));
            database.execute("update streams.work set due_at = clock_timestamp()");
        }

        await().until(() -> states().equals(List.of("FAILED|3|1")));
        await().until(() -> ended("given_up") == 1);
        assertThat(ended("postponed")).isEqualTo(2);
        assertThat(said()).isEqualTo(2);
    }

    @Test
    void isNotPerformedAgainBecauseItsEndCouldNotBeWrittenAtOnce() {
        refuseOutbox();
        try {
            request(1);
            WorkRunner runner = runner(LONG_LEASE);
            runner.start();
            await().until(() -> runner.trouble().isPresent());
            assertThat(runner.trouble().orElseThrow()).contains("the disk is full");
            assertThat(states()).containsExactly("QUEUED|0|1");
        } finally {
            database.execute("drop function disk_full cascade");
        }

        await().until(() -> states().equals(List.of("DONE|1|1")));
        assertThat(training.performed).hasValue(1);
        // It is over once the runner has been told that the end is written.
        await().until(() -> runners.getFirst().trouble().isEmpty());
    }

    @Test
    void anErrorIsTheWorksFailureAndNotTheRunners() {
        training.course =
                _ -> {
                    if (training.performed.get() == 1) {
                        throw new OutOfMemoryError("Java heap space, as far as it goes");
                    }
                };
        request(2);
        WorkRunner runner = runner(LONG_LEASE);
        runner.start();

        await().until(() -> states().equals(List.of("DONE|1|1", "QUEUED|1|1")));
        assertThat(runner.trouble()).isEmpty();
        assertThat(database.rows("select last_error from streams.work where attempts = 1"))
                .contains("Java heap space, as far as it goes");
        await().until(() -> meters.get("farandole.work.queued").gauge().value() == 1);
    }

    private void refuseOutbox() {
        database.execute(
                """
                create function disk_full() returns trigger language plpgsql as $$
                begin
                  if new.attributes ->> 'ce-causationid' is not null and exists (
                      select from streams.work where owner is not null or state = 'DONE') then
                    raise exception 'the disk is full' using errcode = '53100';
                  end if;
                  return new;
                end $$;
                create trigger disk_full before insert on streams.outbox
                  for each row execute function disk_full()
                """);
    }

    private void request(int runs) {
        List<Delivery> deliveries =
                IntStream.range(0, runs)
                        .mapToObj(n -> Training.requested("r" + n, "operator", start))
                        .toList();
        assertThat(batches.apply(deliveries, 0).works()).isEqualTo(runs);
    }

    private WorkRunner runner(WorkSettings settings) {
        WorkRunner runner = new WorkRunner(prepared, settings, outputs::incrementAndGet, meters);
        runners.add(runner);
        return runner;
    }

    private static void stop(WorkRunner runner) {
        runner.stopTaking();
        runner.finish(System.nanoTime() + Duration.ofSeconds(10).toNanos());
    }

    private boolean isIdle() {
        return database.number(
                        "select count(*) from pg_stat_activity where query like 'with due as%'")
                > 0;
    }

    /** State, attempts, and how many such works. */
    private List<String> states() {
        return database.rows(
                """
                select state, attempts, count(*) from streams.work group by 1, 2 order by 1, 2
                """);
    }

    private long said() {
        return database.number("select count(*) from streams.outbox");
    }

    private double running() {
        return meters.get("farandole.work.running").gauges().stream()
                .mapToDouble(gauge -> gauge.value())
                .max()
                .orElseThrow();
    }

    private long ended(String outcome) {
        return meters.find("farandole.work.performed").tag("outcome", outcome).timers().stream()
                .mapToLong(timer -> timer.count())
                .sum();
    }
}
