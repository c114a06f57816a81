package io.farandole.streams.working;

import io.farandole.streams.Saying;
import io.farandole.streams.batch.TakenWork;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One performing of a work, in a thread of its own, so that its lease can be prolonged. */
final class Performance {

    private final TakenWork<?> taken;
    private final CompletableFuture<Result> result = new CompletableFuture<>();
    private final Thread thread;
    private final long began = System.nanoTime();
    private volatile boolean interrupted;

    /** What came of it. */
    sealed interface Result {}

    record Performed(List<Saying> sayings) implements Result {}

    record Thrown(Throwable failure) implements Result {}

    // A daemon: work that heeds no interrupt does not keep the process from ending.
    Performance(TakenWork<?> taken, String processor) {
        this.taken = taken;
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("Work " + taken.name() + " of " + processor)
                        .unstarted(this::perform);
    }

    TakenWork<?> taken() {
        return taken;
    }

    void start() {
        thread.start();
    }

    /** Whatever it throws from now on is not its failure. */
    void interrupt() {
        interrupted = true;
        thread.interrupt();
    }

    boolean isInterrupted() {
        return interrupted;
    }

    Duration lasts() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /**
     * Its result.
     *
     * @throws TimeoutException if it is still under way after so long
     */
    Result await(Duration most) throws InterruptedException, TimeoutException {
        try {
            return result.get(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a result is never exceptional", e);
        }
    }

    // It is foreign code: whatever it throws, no memory included, is its own failure.
    private void perform() {
        try {
            result.complete(new Performed(taken.perform()));
        } catch (Throwable failure) {
            result.complete(new Thrown(failure));
        }
    }
}
