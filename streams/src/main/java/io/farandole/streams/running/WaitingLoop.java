package io.farandole.streams.running;

import io.farandole.streams.batch.InfrastructureTrouble;
import io.farandole.streams.batch.Receipt;
import io.farandole.streams.endurance.LastingThread;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does, when it is due, what waits: for something that was not there, or for its time. */
final class WaitingLoop implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(WaitingLoop.class);

    /** Due times are kept in the database, where other instances change them too: so we look. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final String name;
    private final int most;
    private final IntFunction<Receipt> retrying;
    private final Runnable outputs;
    private final Clock clock;
    private final BackOff backOff = new BackOff(BETWEEN_LOOKS, LONGEST_PAUSE);
    private final CountDownLatch closed = new CountDownLatch(1);

    private volatile WorkerState state = WorkerState.WORKING;

    /**
     * @param most the most that is tried at once
     * @param retrying tries at most so many that are due
     * @param outputs told when events were said
     */
    WaitingLoop(
            String name, int most, IntFunction<Receipt> retrying, Runnable outputs, Clock clock) {
        this.name = name;
        this.most = most;
        this.retrying = retrying;
        this.outputs = outputs;
        this.clock = clock;
    }

    String name() {
        return name;
    }

    WorkerState state() {
        return state;
    }

    void close() {
        closed.countDown();
    }

    @Override
    public void run() {
        try {
            Duration pause = Duration.ZERO;
            while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)
                    && !LastingThread.isLeft()) {
                pause = retry();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration retry() {
        try {
            Receipt receipt = retrying.apply(most);
            if (receipt.outputs() > 0) {
                outputs.run();
            }
            if (!(state instanceof WorkerState.Working)) {
                log.info("{} works again", name);
                state = WorkerState.WORKING;
                backOff.reset();
            }
            boolean gotOn = receipt.delivered() > receipt.waiting() || receipt.fired() > 0;
            return gotOn ? Duration.ZERO : BETWEEN_LOOKS;
        } catch (InfrastructureTrouble trouble) {
            if (!(state instanceof WorkerState.Paused)) {
                log.warn("{} pauses until this works again: {}", name, trouble.getMessage());
                state =
                        new WorkerState.Paused(
                                clock.instant(), String.valueOf(trouble.getMessage()));
            }
            return backOff.next();
        } catch (Throwable fault) {
            // An Error too: without this thread nothing is ever tried again.
            if (!(state instanceof WorkerState.Failed)) {
                log.error("{} failed; it goes on after a pause", name, fault);
                state = new WorkerState.Failed(clock.instant(), fault.toString());
            }
            return backOff.next();
        }
    }
}
