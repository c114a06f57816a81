package io.farandole.streams.working;

import io.farandole.streams.batch.InfrastructureTrouble;
import io.farandole.streams.batch.PreparedProcessor;
import io.farandole.streams.batch.TakenWork;
import io.farandole.streams.batch.WorkEnd;
import io.farandole.streams.batch.WorkQueue;
import io.farandole.streams.endurance.LastingThread;
import io.farandole.streams.endurance.Reasons;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Performs the long work of one processor, one at a time in this instance. */
public final class WorkRunner {

    private static final Logger log = LoggerFactory.getLogger(WorkRunner.class);
    private static final Duration PAUSE_IN_TROUBLE = Duration.ofSeconds(1);
    private static final long BETWEEN_COUNTS = Duration.ofSeconds(2).toNanos();

    private final String processor;
    private final WorkQueue queue;
    private final WorkSettings settings;
    private final Runnable outputs;
    private final WorkMeters meters;
    private final LastingThread thread;
    private final Semaphore wakeUps = new Semaphore(0);

    private volatile boolean closing;
    private volatile @Nullable Performance current;
    private volatile @Nullable String trouble;
    private volatile long queued;
    private long counted = System.nanoTime() - BETWEEN_COUNTS;

    /**
     * @param outputs told after a commit that may have said something
     */
    public WorkRunner(
            PreparedProcessor prepared,
            WorkSettings settings,
            Runnable outputs,
            MeterRegistry registry) {
        this.processor = prepared.processor().name();
        this.queue = prepared.workQueue("runner " + UUID.randomUUID());
        this.settings = settings;
        this.outputs = outputs;
        this.meters =
                new WorkMeters(
                        registry, prepared.generation(), () -> queued, this::secondsUnderWay);
        this.thread = new LastingThread("Works of " + processor, this::run);
    }

    public void start() {
        thread.start();
    }

    /** Something was queued by this process: it is begun at once. */
    public void wake() {
        if (wakeUps.availablePermits() == 0) {
            wakeUps.release();
        }
    }

    /** Begins no more, and interrupts what is under way: it is given back. */
    public void stopTaking() {
        closing = true;
        wakeUps.release();
        Performance now = current;
        if (now != null) {
            now.interrupt();
        }
    }

    /** After {@link #stopTaking()}: until what was under way has ended, or the deadline. */
    public void finish(long deadline) {
        if (!thread.ends(deadline)) {
            log.warn("Work of {} did not end in time; its lease ends by itself", processor);
            thread.interrupt();
        }
        meters.close();
    }

    public LastingThread thread() {
        return thread;
    }

    /** Why nothing is performed now, if that is so. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    private void run() {
        try {
            while (!closing) {
                if (!tryRound() && !closing) {
                    boolean _ = wakeUps.tryAcquire(settings.poll().toNanos(), TimeUnit.NANOSECONDS);
                    wakeUps.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            log.debug("The works of {} were interrupted: they are being closed", processor);
            Thread.currentThread().interrupt();
        }
    }

    private boolean tryRound() throws InterruptedException {
        try {
            boolean worked = round();
            recovered();
            return worked;
        } catch (InterruptedException interrupt) {
            throw interrupt;
        } catch (InfrastructureTrouble infrastructure) {
            pause(infrastructure);
            return false;
        } catch (Throwable fault) {
            // An Error too: without this thread nothing is ever performed.
            log.error("The works of {} failed; they go on after a pause", processor, fault);
            pause(fault);
            return false;
        }
    }

    /** Whether there was anything to perform. */
    private boolean round() throws InterruptedException {
        count();
        Optional<TakenWork<?>> taken = queue.take(settings.lease());
        if (taken.isEmpty()) {
            return false;
        }
        perform(new Performance(taken.get(), processor));
        return true;
    }

    private void perform(Performance performance) throws InterruptedException {
        current = performance;
        try {
            log.info("Work {} of {} begins", performance.taken().name(), processor);
            performance.start();
            if (closing) {
                performance.interrupt();
            }
            end(performance, result(performance));
        } finally {
            current = null;
            // Of no effect unless a fault of ours has left it alone.
            performance.interrupt();
        }
    }

    private Performance.Result result(Performance performance) throws InterruptedException {
        while (true) {
            try {
                return performance.await(settings.heartbeat());
            } catch (TimeoutException _) {
                if (!performance.isInterrupted() && !isProlonged(performance.taken())) {
                    log.warn(
                            "Work {} of {} was taken by another instance: it is interrupted here",
                            performance.taken().name(),
                            processor);
                    performance.interrupt();
                }
            }
        }
    }

    private void end(Performance performance, Performance.Result result)
            throws InterruptedException {
        TakenWork<?> taken = performance.taken();
        if (result instanceof Performance.Thrown && performance.isInterrupted()) {
            log.info("Work {} of {} was interrupted and is given back", taken.name(), processor);
            queue.giveBack(taken);
            return;
        }
        WorkEnd end = written(taken, result);
        if (end == null) {
            return;
        }
        report(taken, end, result, performance.lasts());
        meters.ended(taken.name(), end, performance.lasts());
        outputs.run();
        counted = System.nanoTime() - BETWEEN_COUNTS;
    }

    // What was performed is not performed again because the database was away for a while. Null
    // when this was closed before it was back: then the lease ends by itself.
    private @Nullable WorkEnd written(TakenWork<?> taken, Performance.Result result)
            throws InterruptedException {
        while (true) {
            try {
                WorkEnd end =
                        switch (result) {
                            case Performance.Performed(var sayings) -> queue.done(taken, sayings);
                            case Performance.Thrown(Throwable failure) ->
                                    queue.failed(taken, failure);
                        };
                recovered();
                return end;
            } catch (InfrastructureTrouble infrastructure) {
                pause(infrastructure);
                if (closing) {
                    return null;
                }
            }
        }
    }

    private void report(TakenWork<?> taken, WorkEnd end, Performance.Result result, Duration took) {
        String name = taken.name();
        Throwable failure = result instanceof Performance.Thrown(Throwable thrown) ? thrown : null;
        switch (end) {
            case DONE -> log.info("Work {} of {} is done after {}", name, processor, took);
            case LOST -> log.warn("Work {} of {} is another instance's now", name, processor);
            case POSTPONED ->
                    log.warn("Work {} of {} failed and is tried again", name, processor, failure);
            case GIVEN_UP ->
                    log.error("Work {} of {} failed and is given up", name, processor, failure);
        }
    }

    // Trouble with the database is not yet the loss of a lease: while nobody takes it over, it can
    // be prolonged even after it has ended.
    private boolean isProlonged(TakenWork<?> taken) {
        try {
            boolean ours = queue.prolong(taken, settings.lease());
            count();
            recovered();
            return ours;
        } catch (InfrastructureTrouble infrastructure) {
            complain(infrastructure);
            return true;
        }
    }

    private void count() {
        long now = System.nanoTime();
        if (now - counted >= BETWEEN_COUNTS) {
            queued = queue.queued();
            counted = now;
        }
    }

    private double secondsUnderWay() {
        Performance now = current;
        return now == null ? 0 : now.lasts().toMillis() / 1000.0;
    }

    private void pause(Throwable why) throws InterruptedException {
        complain(why);
        boolean _ = wakeUps.tryAcquire(PAUSE_IN_TROUBLE.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void complain(Throwable why) {
        if (trouble == null) {
            log.warn("Works of {} pause until this works again: {}", processor, Reasons.of(why));
        }
        trouble = Reasons.of(why);
    }

    private void recovered() {
        if (trouble != null) {
            log.info("Works of {} go on", processor);
            trouble = null;
        }
    }
}
