package io.farandole.streams.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.ActivityEvent;
import io.farandole.streams.Delivery;
import io.farandole.streams.batch.Appending.Trouble;
import io.farandole.streams.deadletters.DeadLetter;
import io.farandole.streams.deadletters.DeadLetterDesk;
import io.farandole.streams.deadletters.DeadLetterFilter;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two instances hear the same keys, with poison in them, while others mend, redrive and retry, and
 * connections die: each key's messages are applied once and in order.
 */
final class ParkingStormIT {

    private static final int USERS = 6;
    private static final int EACH = 60;
    private static final int POISON_EVERY = 7;

    private final Instant now = Instant.now();
    private final Appending appending = Appending.inOrder();
    private final List<PreparedProcessor> instances = new ArrayList<>();
    private final AtomicIntegerArray acknowledged = new AtomicIntegerArray(USERS);
    private final AtomicBoolean over = new AtomicBoolean();
    private BatchDatabase database;
    private DeadLetterDesk desk;

    @BeforeEach
    void prepare() {
        database = BatchDatabase.emptied(Appending.NAME);
        for (int instance = 0; instance < 2; instance++) {
            instances.add(
                    new PreparingProcessors(database.pool(5), Clock.systemUTC())
                            .prepare(appending.processor()));
        }
        desk = new DeadLetterDesk(database.pool(1), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void appliesEachKeyOnceAndInOrder() throws Exception {
        long seed = System.nanoTime();
        IntStream.range(0, EACH)
                .filter(n -> n % POISON_EVERY == 3)
                .forEach(n -> appending.troubles("n" + n, Trouble.THROWS));
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> hearing = new ArrayList<>();
            for (int worker = 0; worker < 4; worker++) {
                int number = worker;
                hearing.add(threads.submit(() -> hear(number, new Random(seed + number))));
            }
            List<Future<?>> others =
                    List.of(
                            threads.submit(() -> retry(0)),
                            threads.submit(() -> retry(1)),
                            threads.submit(this::killConnections),
                            threads.submit(() -> mendAndRedrive(new Random(seed))));
            try {
                for (Future<?> one : hearing) {
                    one.get();
                }
            } finally {
                over.set(true);
            }
            for (Future<?> one : others) {
                one.get();
            }
        }
        settle();

        List<String> wanted = IntStream.range(0, EACH).mapToObj(n -> "\"n" + n + "\"").toList();
        for (int user = 0; user < USERS; user++) {
            assertThat(log(user))
                    .as("seed %d, user %d", seed, user)
                    .isEqualTo("[" + String.join(", ", wanted) + "]");
        }
        assertThat(
                        database.number(
                                "select sum(delivered - duplicate - applied) from streams.ledger"))
                .isZero();
        assertThat(database.number("select sum(applied) from streams.ledger"))
                .isEqualTo((long) USERS * EACH);
        assertThat(database.number("select count(*) from streams.parked_key")).isZero();
        assertThat(database.number("select count(distinct event_id) from streams.outbox"))
                .isEqualTo((long) USERS * EACH);
    }

    /** As a broker delivers: from the first that is not acknowledged on, perhaps to both. */
    private void hear(int worker, Random random) {
        BatchTransaction<ActivityEvent> batches =
                instances.get(worker % 2).batches(appending.source());
        while (true) {
            List<Integer> left =
                    IntStream.range(0, USERS)
                            .filter(user -> acknowledged.get(user) < EACH)
                            .boxed()
                            .toList();
            if (left.isEmpty()) {
                return;
            }
            int user = left.get(random.nextInt(left.size()));
            int from = acknowledged.get(user);
            int to = Math.min(EACH, from + 1 + random.nextInt(5));
            List<Delivery> window =
                    IntStream.range(from, to).mapToObj(n -> delivery(user, n)).toList();
            try {
                batches.apply(window, worker);
                acknowledged.accumulateAndGet(user, to, Math::max);
            } catch (InfrastructureTrouble e) {
                // Whether it was committed is not known: it is delivered again.
            }
        }
    }

    private Delivery delivery(int user, int n) {
        return Deliveries.rated(user * EACH + n, "u" + user, "n" + n, now);
    }

    private void retry(int instance) {
        RetryingWaiting retrying = instances.get(instance).retryingWaiting();
        while (!over.get()) {
            try {
                retrying.retryDue(4, 10 + instance);
            } catch (InfrastructureTrouble e) {
                // Tried again.
            }
        }
    }

    private void mendAndRedrive(Random random) {
        while (!over.get()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            if (random.nextInt(3) == 0) {
                appending.mend("n" + (random.nextInt(EACH / POISON_EVERY) * POISON_EVERY + 3));
            }
            try {
                List<Long> open =
                        new ArrayList<>(
                                desk.redrivable(DeadLetterFilter.ALL).stream()
                                        .map(DeadLetter::id)
                                        .toList());
                if (!open.isEmpty()) {
                    desk.redrive(List.of(open.get(random.nextInt(open.size()))));
                }
            } catch (InfrastructureTrouble e) {
                // The command would be given again.
            }
        }
    }

    private void killConnections() {
        while (!over.get()) {
            database.number(
                    """
                    select count(pg_terminate_backend(pid)) from (
                      select pid from pg_stat_activity
                      where usename = current_user and pid <> pg_backend_pid()
                        and backend_type = 'client backend'
                      order by random() limit 1) unlucky
                    """);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(60));
        }
    }

    private void settle() {
        IntStream.range(0, EACH).forEach(n -> appending.mend("n" + n));
        RetryingWaiting retrying = instances.getFirst().retryingWaiting();
        for (int rounds = 0; rounds < 200; rounds++) {
            try {
                List<Long> open =
                        desk.redrivable(DeadLetterFilter.ALL).stream().map(DeadLetter::id).toList();
                if (open.isEmpty()) {
                    return;
                }
                desk.redrive(open);
                retrying.retryDue(100, 12);
            } catch (InfrastructureTrouble e) {
                // A connection that died in the storm.
            }
        }
        assertThat(desk.open(DeadLetterFilter.ALL, 10)).isEmpty();
    }

    private String log(int user) {
        return database.rows(
                        "select value ->> 'items' from appending.logs where key = 'u" + user + "'")
                .getFirst();
    }
}
