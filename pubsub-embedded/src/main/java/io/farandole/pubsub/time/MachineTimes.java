package io.farandole.pubsub.time;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Time as it passes, and one thread that wakes at its moments. */
final class MachineTimes implements Times {

    private static final Logger LOG = LoggerFactory.getLogger(MachineTimes.class);

    private final InstantSource calendar;
    private final ScheduledExecutorService timer;

    MachineTimes(InstantSource calendar) {
        this.calendar = calendar;
        ScheduledThreadPoolExecutor executor =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name("pubsub-embedded-timer").daemon().factory());
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setRemoveOnCancelPolicy(true);
        this.timer = executor;
    }

    @Override
    public InstantSource calendar() {
        return calendar;
    }

    @Override
    public long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public Alarm after(long millis, Runnable action) {
        try {
            Future<?> due =
                    timer.schedule(() -> run(action), Math.max(0, millis), TimeUnit.MILLISECONDS);
            return () -> due.cancel(false);
        } catch (RejectedExecutionException e) {
            LOG.debug("Something was to wait while the server stopped; it waits no more", e);
            return () -> {};
        }
    }

    /** The executor would keep to itself what was thrown. */
    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.error("What was due failed", e);
        }
    }

    @Override
    public void afterForCallers(long millis, Runnable action) {
        after(millis, action);
    }

    @Override
    public boolean waitsForTheServer() {
        return false;
    }

    @Override
    public void settledBy(Consumer<Duration> waiting) {}

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
