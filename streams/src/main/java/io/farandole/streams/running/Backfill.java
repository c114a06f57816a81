package io.farandole.streams.running;

import io.farandole.streams.ArchivedEvents;
import io.farandole.streams.ArchivedEvents.Wanted;
import io.farandole.streams.batch.Backfilling;
import io.farandole.streams.batch.Backfilling.Portion;
import io.farandole.streams.batch.GenerationPhase;
import io.farandole.streams.batch.InfrastructureTrouble;
import io.farandole.streams.batch.PreparedProcessor;
import io.farandole.streams.batch.RegisteredGenerations;
import io.farandole.streams.endurance.Reasons;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the archive into a new generation until there is no more, one instance at a time; the next
 * portion is read and decoded while this one is applied.
 */
final class Backfill implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Backfill.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /**
     * The most that one transaction takes: nobody waits for the first of them, and of keys that
     * come often each is written once.
     */
    private static final int PORTION = 10_000;

    private final PreparedProcessor prepared;
    private final Backfilling backfilling;
    private final ArchivedEvents archive;
    private final RegisteredGenerations registered;
    private final DataSource database;
    private final int worker;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** After a fault that will most likely happen again. */
    private final BackOff backOff = new BackOff(PAUSE, LONGEST_PAUSE);

    private Duration pause = Duration.ZERO;

    /**
     * @param worker the number under which the books are kept
     */
    Backfill(
            PreparedProcessor prepared,
            ArchivedEvents archive,
            RegisteredGenerations registered,
            DataSource database,
            int worker) {
        this.prepared = prepared;
        this.backfilling = prepared.backfilling();
        this.archive = archive;
        this.registered = registered;
        this.database = database;
        this.worker = worker;
    }

    void close() {
        closed.countDown();
    }

    @Override
    public void run() {
        try {
            boolean done = false;
            while (!done && !closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = PAUSE;
                done = isDone();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there is no more to do; after trouble it is tried again. */
    private boolean isDone() throws InterruptedException {
        try (Alone alone = Alone.in(database, prepared.generation())) {
            if (!alone.isHeld()) {
                // Another instance reads.
                return false;
            }
            readAll();
            return true;
        } catch (InfrastructureTrouble | IOException trouble) {
            tell(trouble);
            return false;
        } catch (RuntimeException | Error fault) {
            pause = backOff.next();
            log.error(
                    "The backfill of {} failed; it goes on in {}",
                    prepared.generation(),
                    pause,
                    fault);
            tell(fault);
            return false;
        }
    }

    private void tell(Throwable trouble) {
        log.warn("The backfill of {} pauses: {}", prepared.generation(), trouble.getMessage());
        try {
            registered.trouble(prepared.generation(), Reasons.of(trouble));
        } catch (InfrastructureTrouble e) {
            log.debug("That could not be noted", e);
        }
    }

    private void readAll() throws IOException, InterruptedException {
        Map<String, Long> positions = backfilling.positions();
        long after = Collections.min(positions.values());
        if (Collections.max(positions.values()) == 0) {
            backfilling.noteExpired(archive.expired(positions.keySet()));
        }
        FutureTask<Portion> next = reading(positions, after);
        long began = System.nanoTime();
        long read = 0;
        while (closed.getCount() > 0) {
            Portion portion = got(next);
            if (portion.isEmpty()) {
                long completed = prepared.completing().complete(() -> closed.getCount() > 0);
                if (closed.getCount() > 0
                        && registered.move(
                                prepared.generation(),
                                GenerationPhase.BACKFILL,
                                GenerationPhase.CATCHUP)) {
                    log.info(
                            "{} has read the archive up to {}: {} events, and {} keys completed, in {} ms this time",
                            prepared.generation(),
                            after,
                            read,
                            completed,
                            Duration.ofNanos(System.nanoTime() - began).toMillis());
                }
                return;
            }
            after = portion.last();
            next = reading(positions, after);
            positions = backfilling.apply(portion, positions, worker);
            read += portion.size();
        }
    }

    private FutureTask<Portion> reading(Map<String, Long> positions, long after) {
        Wanted wanted = new Wanted(positions.keySet(), after, null);
        FutureTask<Portion> reading =
                new FutureTask<>(() -> backfilling.read(archive.read(wanted, PORTION)));
        Thread.ofVirtual().name("reading the archive").start(reading);
        return reading;
    }

    private static Portion got(FutureTask<Portion> next) throws IOException, InterruptedException {
        try {
            return next.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new IOException(
                    "the archive cannot be read: " + Reasons.of(cause == null ? e : cause), e);
        }
    }
}
