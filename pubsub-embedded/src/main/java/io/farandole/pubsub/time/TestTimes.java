package io.farandole.pubsub.time;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One server's part of a test clock. */
final class TestTimes implements Times {

    private static final Duration LONGEST_SETTLING = Duration.ofSeconds(10);

    private final TestClock clock;
    private volatile Consumer<Duration> waiting = _ -> {};

    TestTimes(TestClock clock) {
        this.clock = clock;
    }

    @Override
    public InstantSource calendar() {
        return clock;
    }

    @Override
    public long millis() {
        return clock.millis();
    }

    @Override
    public Alarm after(long millis, Runnable action) {
        return clock.add(millis, this, action);
    }

    @Override
    public void afterForCallers(long millis, Runnable action) {
        CompletableFuture.delayedExecutor(Math.max(0, millis), TimeUnit.MILLISECONDS)
                .execute(action);
    }

    @Override
    public boolean waitsForTheServer() {
        return true;
    }

    @Override
    public void settledBy(Consumer<Duration> how) {
        this.waiting = how;
    }

    void settle() {
        waiting.accept(LONGEST_SETTLING);
    }

    @Override
    public void close() {
        clock.remove(this);
    }
}
