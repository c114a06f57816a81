package io.farandole.streams.running;

import io.farandole.streams.batch.GenerationPhase;
import io.farandole.streams.batch.GenerationState;
import io.farandole.streams.batch.PreparedProcessor;
import io.farandole.streams.endurance.LastingThread;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One generation in this process: what feeds it in its phase. */
final class RunningGeneration {

    /** Looks half a second apart, in each of which it has to be caught up. */
    private static final int LOOKS = 4;

    private final PreparedProcessor prepared;
    private final Steadiness caughtUp = new Steadiness(LOOKS);
    private final Function<PreparedProcessor, ProcessorRunner> making;
    private @Nullable ProcessorRunner runner;
    private @Nullable Backfill backfill;
    private @Nullable LastingThread backfillThread;
    private @Nullable Comparing comparing;
    private @Nullable LastingThread comparingThread;
    private volatile GenerationPhase phase;

    /**
     * @param making what reads the generation's subscriptions
     */
    RunningGeneration(
            PreparedProcessor prepared,
            GenerationPhase phase,
            Function<PreparedProcessor, ProcessorRunner> making) {
        this.prepared = prepared;
        this.phase = phase;
        this.making = making;
    }

    PreparedProcessor prepared() {
        return prepared;
    }

    GenerationPhase phase() {
        return phase;
    }

    void noted(GenerationState state) {
        phase = state.phase();
    }

    /** Reads its subscriptions from now on. */
    synchronized void read() {
        if (runner == null) {
            stopBackfill();
            ProcessorRunner made = making.apply(prepared);
            runner = made;
            made.start();
        }
    }

    /** Reads the archive from now on. */
    synchronized void backfill(Function<PreparedProcessor, Backfill> reading) {
        if (backfill == null && runner == null) {
            Backfill made = reading.apply(prepared);
            LastingThread thread =
                    new LastingThread("Backfill of " + prepared.generation().label(), made);
            backfill = made;
            backfillThread = thread;
            thread.start();
        }
    }

    /**
     * Has it compared with the one that serves, unless it was.
     *
     * @return whether that is done
     */
    synchronized boolean isCompared(Function<PreparedProcessor, Comparing> with) {
        Comparing known = comparing;
        if (known != null) {
            return known.isDone();
        }
        Comparing made = with.apply(prepared);
        LastingThread thread =
                new LastingThread("Comparison of " + prepared.generation().label(), made);
        comparing = made;
        comparingThread = thread;
        thread.start();
        return false;
    }

    /** To be asked at each look: whether it has been so for a while. */
    synchronized boolean isCaughtUp() {
        return caughtUp.look(runner != null && runner.isCaughtUp());
    }

    synchronized void stopTaking() {
        stopBackfill();
        if (comparing != null) {
            comparing.close();
        }
        if (runner != null) {
            runner.stopTaking();
        }
    }

    synchronized void finish(long deadline) {
        for (LastingThread thread : beside()) {
            if (!thread.ends(deadline)) {
                thread.interrupt();
            }
        }
        if (runner != null) {
            runner.finish(deadline);
        }
    }

    /** After {@link #finish}: until the last acknowledgements are sent. */
    synchronized void awaitAcks(long deadline) {
        if (runner != null) {
            runner.awaitAcks(deadline);
        }
    }

    synchronized void revive() {
        if (runner != null) {
            runner.revive();
        }
        beside().forEach(LastingThread::revive);
    }

    private List<LastingThread> beside() {
        return Stream.of(backfillThread, comparingThread).filter(Objects::nonNull).toList();
    }

    synchronized @Nullable ProcessorRunner runner() {
        return runner;
    }

    private void stopBackfill() {
        if (backfill != null) {
            backfill.close();
        }
    }
}
