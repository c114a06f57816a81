package io.farandole.streams.running;

import com.google.cloud.spring.pubsub.support.SubscriberFactory;
import io.farandole.streams.endurance.LastingThread;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One source of a processor: its subscription, the lanes behind it, and a worker for each lane. */
final class SourceRunner {

    /** For how long the last acknowledgements of all that stops together are waited for. */
    static final Duration LAST_ACKS = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(SourceRunner.class);

    private final Lanes lanes;
    private final SupervisedSubscription subscription;
    private final List<Worker> workers = new ArrayList<>();
    private final List<LastingThread> threads = new ArrayList<>();

    /**
     * @param firstWorker the number of the first worker: each has its own within the processor
     */
    SourceRunner(
            String subscriptionId,
            int firstWorker,
            Gathering gathering,
            Applying applying,
            WorkObserver observer,
            StreamsSettings settings,
            SubscriberFactory subscribers,
            ScheduledExecutorService timer,
            Clock clock) {
        this.lanes = new Lanes(settings.workers());
        this.subscription =
                new SupervisedSubscription(
                        subscriptionId,
                        subscribers,
                        (message, reply) -> lanes.receive(Held.of(message, reply)),
                        settings.longestRestartPause(),
                        timer,
                        clock);
        for (int i = 0; i < settings.workers(); i++) {
            int number = firstWorker + i;
            Worker worker =
                    new Worker(
                            "Worker " + number + " of " + subscriptionId,
                            number,
                            lanes.of(i),
                            settings.batch(),
                            gathering,
                            applying,
                            observer,
                            clock);
            workers.add(worker);
            threads.add(new LastingThread(worker.name(), worker));
        }
    }

    Lanes lanes() {
        return lanes;
    }

    SupervisedSubscription subscription() {
        return subscription;
    }

    List<LastingThread> threads() {
        return threads;
    }

    void start() {
        threads.forEach(LastingThread::start);
        subscription.start();
    }

    /** The state of its subscription, and what does not work now. */
    void report(Map<String, SubscriptionState> subscriptions, Map<String, String> troubles) {
        SubscriptionState state = subscription.state();
        subscriptions.put(subscription.id(), state);
        if (state instanceof SubscriptionState.Failed failed) {
            troubles.put(
                    "Subscription " + subscription.id(),
                    "failed since " + failed.since() + ": " + failed.reason());
        }
        workers.forEach(worker -> report(worker.name(), worker.state(), troubles));
        for (LastingThread thread : threads) {
            String trouble = thread.trouble();
            if (trouble != null) {
                troubles.put(thread.name(), trouble);
            }
        }
    }

    static void report(String worker, WorkerState state, Map<String, String> troubles) {
        switch (state) {
            case WorkerState.Working _ -> {}
            case WorkerState.Paused paused ->
                    troubles.put(worker, "paused since " + paused.since() + ": " + paused.reason());
            case WorkerState.Failed failed ->
                    troubles.put(worker, "failed since " + failed.since() + ": " + failed.reason());
        }
    }

    /** Leaves a thread of ours that does not end to itself, and gives back what it has taken. */
    boolean leave(Thread hanging) {
        for (int i = 0; i < threads.size(); i++) {
            if (threads.get(i).isRunBy(hanging)) {
                threads.get(i).leave();
                workers.get(i).giveBackUnderWay();
                return true;
            }
        }
        return false;
    }

    /** Nothing new comes, and what waits is not begun any more. */
    void stopTaking() {
        subscription.stopPulling();
        lanes.close();
    }

    /** After {@link #stopTaking()}: lets batches end and gives back the rest. */
    void finish(long deadline) {
        for (LastingThread thread : threads) {
            if (!thread.ends(deadline)) {
                log.warn(
                        "{} did not end its batch in time; its messages come again", thread.name());
                thread.interrupt();
            }
        }
        lanes.giveBackLeftOver();
    }

    /** After {@link #finish}: until the last acknowledgements are sent. */
    void awaitAcks(long deadline) {
        subscription.awaitStopped(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }
}
