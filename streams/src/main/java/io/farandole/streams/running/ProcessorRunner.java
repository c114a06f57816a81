package io.farandole.streams.running;

import com.google.cloud.spring.pubsub.support.SubscriberFactory;
import io.farandole.events.Event;
import io.farandole.streams.Source;
import io.farandole.streams.batch.BatchTransaction;
import io.farandole.streams.batch.FiringTimers;
import io.farandole.streams.batch.HangingFolds;
import io.farandole.streams.batch.PreparedProcessor;
import io.farandole.streams.batch.Receipt;
import io.farandole.streams.batch.RetryingWaiting;
import io.farandole.streams.endurance.LastingThread;
import io.farandole.streams.working.WorkRunner;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Runs one processor: its sources, the retrying of what waits, its timers, its long work. */
final class ProcessorRunner {

    private final String name;
    private final Watching watching;
    private final List<SourceRunner> sources = new ArrayList<>();
    private final List<Freshness> freshness = new ArrayList<>();
    private final WaitingLoop waiting;
    private final LastingThread waitingThread;
    private final @Nullable WorkRunner works;
    private final HangingFolds hanging;

    /**
     * @param outputs told after a commit that said something
     * @param numbers makes of a worker's number here one that differs from those elsewhere
     */
    ProcessorRunner(
            PreparedProcessor prepared,
            StreamsSettings settings,
            SubscriberFactory subscribers,
            StreamsMeters meters,
            Runnable outputs,
            IntUnaryOperator numbers,
            ScheduledExecutorService timer,
            Clock clock) {
        this.name = prepared.generation().label();
        this.watching = meters.watching();
        this.hanging = prepared.hanging();
        this.works =
                prepared.processor().works().isEmpty()
                        ? null
                        : new WorkRunner(prepared, settings.work(), outputs, meters.registry());
        for (Source<?> source : prepared.processor().sources()) {
            Freshness fresh = new Freshness(clock);
            freshness.add(fresh);
            Labels labels = Labels.of(prepared.generation(), source.topic());
            SourceRunner runner =
                    new SourceRunner(
                            labels.subscription(),
                            sources.size() * settings.workers(),
                            Gathering.NONE,
                            applying(prepared, source, numbers),
                            observer(meters.of(labels), fresh, outputs),
                            settings,
                            subscribers,
                            timer,
                            clock);
            watching.source(labels, runner);
            watching.stored(labels);
            sources.add(runner);
        }
        RetryingWaiting retrying = prepared.retryingWaiting();
        FiringTimers timers = prepared.firingTimers();
        int number = sources.size() * settings.workers();
        this.waiting =
                new WaitingLoop(
                        "Retrying of " + name,
                        settings.batch(),
                        most ->
                                woken(retrying.retryDue(most, numbers.applyAsInt(number)))
                                        .plus(timers.fireDue(most)),
                        outputs,
                        clock);
        this.waitingThread = new LastingThread(waiting.name(), waiting);
    }

    void start() {
        sources.forEach(SourceRunner::start);
        waitingThread.start();
        if (works != null) {
            works.start();
        }
    }

    /** Whether each of its subscriptions brings what is new, or nothing. */
    boolean isCaughtUp() {
        for (int i = 0; i < sources.size(); i++) {
            SourceRunner source = sources.get(i);
            if (!freshness
                    .get(i)
                    .isCaughtUp(source.subscription().state(), source.lanes().size())) {
                return false;
            }
        }
        return true;
    }

    void stopTaking() {
        sources.forEach(SourceRunner::stopTaking);
        waiting.close();
        if (works != null) {
            works.stopTaking();
        }
    }

    void finish(long deadline) {
        watching.close();
        sources.forEach(source -> source.finish(deadline));
        if (!waitingThread.ends(deadline)) {
            waitingThread.interrupt();
        }
        if (works != null) {
            works.finish(deadline);
        }
    }

    /** After {@link #finish}: until the last acknowledgements are sent. */
    void awaitAcks(long deadline) {
        sources.forEach(source -> source.awaitAcks(deadline));
    }

    /** Starts the threads again that an Error ended, and replaces those that hang. */
    void revive() {
        threads().forEach(LastingThread::revive);
        hanging.look(this::leave);
    }

    private boolean leave(Thread thread) {
        if (waitingThread.isRunBy(thread)) {
            waitingThread.leave();
            return true;
        }
        return sources.stream().anyMatch(source -> source.leave(thread));
    }

    void report(Map<String, SubscriptionState> subscriptions, Map<String, String> troubles) {
        sources.forEach(source -> source.report(subscriptions, troubles));
        SourceRunner.report(waiting.name(), waiting.state(), troubles);
        hanging.troubles().forEach(trouble -> troubles.put("Folds of " + name, trouble));
        if (works != null) {
            works.trouble().ifPresent(why -> troubles.put("Works of " + name, "paused: " + why));
        }
        for (LastingThread thread : threads()) {
            String trouble = thread.trouble();
            if (trouble != null) {
                troubles.put(thread.name(), trouble);
            }
        }
    }

    private List<LastingThread> threads() {
        List<LastingThread> all = new ArrayList<>();
        sources.forEach(source -> all.addAll(source.threads()));
        all.add(waitingThread);
        if (works != null) {
            all.add(works.thread());
        }
        return all;
    }

    private Receipt woken(Receipt receipt) {
        if (works != null && receipt.works() > 0) {
            works.wake();
        }
        return receipt;
    }

    private static <E extends Event> Applying applying(
            PreparedProcessor prepared, Source<E> source, IntUnaryOperator numbers) {
        BatchTransaction<E> transaction = prepared.batches(source);
        return (batch, worker) -> transaction.apply(batch, numbers.applyAsInt(worker));
    }

    private WorkObserver observer(WorkObserver counting, Freshness fresh, Runnable outputs) {
        return (batch, receipt, took) -> {
            if (receipt.outputs() > 0) {
                outputs.run();
            }
            Receipt _ = woken(receipt);
            fresh.applied(batch);
            counting.applied(batch, receipt, took);
        };
    }
}
