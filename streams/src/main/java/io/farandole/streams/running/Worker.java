package io.farandole.streams.running;

import io.farandole.streams.Delivery;
import io.farandole.streams.batch.InfrastructureTrouble;
import io.farandole.streams.batch.Receipt;
import io.farandole.streams.endurance.LastingThread;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what waits in its lane, applies it in one transaction, and acknowledges it after the
 * commit, never before.
 */
final class Worker implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Worker.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final String name;
    private final int number;
    private final Lane lane;
    private final int batch;
    private final Gathering gathering;
    private final Applying applying;
    private final WorkObserver observer;
    private final Clock clock;
    private final BackOff backOff = new BackOff(FIRST_PAUSE, LONGEST_PAUSE);

    private volatile List<Held> underWay = List.of();
    private volatile WorkerState state = WorkerState.WORKING;

    /**
     * @param number tells the worker apart from all others of its processor
     * @param batch the most that one transaction takes
     */
    Worker(
            String name,
            int number,
            Lane lane,
            int batch,
            Gathering gathering,
            Applying applying,
            WorkObserver observer,
            Clock clock) {
        this.name = name;
        this.number = number;
        this.lane = lane;
        this.batch = batch;
        this.gathering = gathering;
        this.applying = applying;
        this.observer = observer;
        this.clock = clock;
    }

    String name() {
        return name;
    }

    WorkerState state() {
        return state;
    }

    /** Works until the lane is closed. */
    @Override
    public void run() {
        try {
            for (List<Held> taken = take(); !taken.isEmpty(); taken = take()) {
                underWay = taken;
                work(taken);
                if (LastingThread.isLeft()) {
                    return;
                }
                underWay = List.of();
            }
        } catch (InterruptedException e) {
            log.debug("{} was interrupted: it is being closed", name);
            Thread.currentThread().interrupt();
        }
    }

    /** Gives back what a thread has taken that was left to itself, with all behind it. */
    void giveBackUnderWay() {
        lane.giveBackAll(underWay);
    }

    private List<Held> take() throws InterruptedException {
        return lane.take(batch, gathering);
    }

    private void work(List<Held> taken) throws InterruptedException {
        List<Held> unsettled = taken;
        try {
            long began = System.nanoTime();
            Receipt receipt = applyUntilItWorks(taken);
            if (LastingThread.isLeft()) {
                // It was given back long ago, and comes again: as a duplicate, if this was
                // committed.
                return;
            }
            if (receipt == null) {
                taken.forEach(Held::giveBack);
                return;
            }
            long committed = System.nanoTime();
            taken.forEach(Held::ack);
            unsettled = List.of();
            observer.applied(taken, receipt, Took.of(taken, began, committed, System.nanoTime()));
            recovered();
        } catch (InterruptedException closing) {
            unsettled = LastingThread.isLeft() ? List.of() : unsettled;
            unsettled.forEach(Held::giveBack);
            throw closing;
        } catch (Throwable fault) {
            if (LastingThread.isLeft()) {
                log.debug("What was left to itself has ended", fault);
                return;
            }
            // Whatever it is, an Error too: these messages go back to the broker with all behind
            // them, and the worker goes on after a pause, in view of everybody.
            lane.giveBackAll(unsettled);
            fail(unsettled, fault);
        }
    }

    private void recovered() {
        if (!(state instanceof WorkerState.Working)) {
            log.info("{} works again", name);
            state = WorkerState.WORKING;
            backOff.reset();
        }
    }

    /** Null when the lane was closed before it worked. */
    private @Nullable Receipt applyUntilItWorks(List<Held> taken) throws InterruptedException {
        List<Delivery> deliveries = taken.stream().map(Held::delivery).toList();
        while (true) {
            try {
                return applying.apply(deliveries, number);
            } catch (InfrastructureTrouble trouble) {
                if (LastingThread.isLeft()) {
                    return null;
                }
                pause(taken, trouble);
                if (lane.awaitClosed(backOff.next())) {
                    return null;
                }
            }
        }
    }

    // The messages stay leased: giving them back would only bring them again, to the same trouble.
    private void pause(List<Held> taken, InfrastructureTrouble trouble) {
        Instant since = clock.instant();
        if (state instanceof WorkerState.Paused earlier) {
            since = earlier.since();
            log.debug("{} is still paused", name, trouble);
        } else {
            log.warn(
                    "{} pauses with {} messages held until this works again: {}",
                    name,
                    taken.size(),
                    reason(trouble));
        }
        state = new WorkerState.Paused(since, reason(trouble));
    }

    private void fail(List<Held> taken, Throwable fault) throws InterruptedException {
        Duration pause = backOff.next();
        Instant since =
                state instanceof WorkerState.Failed earlier ? earlier.since() : clock.instant();
        state = new WorkerState.Failed(since, reason(fault));
        log.error(
                "{} failed; {} messages and those behind them were given back, it goes on in {}",
                name,
                taken.size(),
                pause,
                fault);
        // A closed lane ends the loop by itself.
        boolean _ = lane.awaitClosed(pause);
    }

    private static String reason(Throwable fault) {
        String message = fault.getMessage();
        return message == null ? fault.getClass().getSimpleName() : message;
    }
}
