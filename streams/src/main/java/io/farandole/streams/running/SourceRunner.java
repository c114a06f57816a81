package io.farandole.streams.running;

import com.google.cloud.spring.pubsub.support.SubscriberFactory;
import io.farandole.streams.endurance.LastingThread;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One source of a processor: its subscription, the lanes behind it, and a worker for each lane. */
final class SourceRunner {

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

    List<Worker> workers() {
        return workers;
    }

    List<LastingThread> threads() {
        return threads;
    }

    void start() {
        threads.forEach(LastingThread::start);
        subscription.start();
    }

    /** Nothing new comes, and what waits is not begun any more. */
    void stopTaking() {
        subscription.stopPulling();
        lanes.close();
    }

    /** After {@link #stopTaking()}: lets batches end, gives back the rest, sends the last acks. */
    void finish(long deadline, Duration acks) {
        for (LastingThread thread : threads) {
            if (!thread.ends(deadline)) {
                log.warn(
                        "{} did not end its batch in time; its messages come again", thread.name());
                thread.interrupt();
            }
        }
        lanes.giveBackLeftOver();
        subscription.awaitStopped(acks);
    }
}
