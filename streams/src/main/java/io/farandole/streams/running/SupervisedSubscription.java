package io.farandole.streams.running;

import com.google.api.core.ApiService;
import com.google.cloud.pubsub.v1.MessageReceiver;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.cloud.spring.pubsub.support.SubscriberFactory;
import com.google.common.util.concurrent.MoreExecutors;
import io.farandole.streams.endurance.Reasons;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one subscription received: a client that failed stays failed for ever, so it is replaced by
 * a new one, again and again, and until then everybody can see that nothing is received.
 */
final class SupervisedSubscription {

    private static final Logger log = LoggerFactory.getLogger(SupervisedSubscription.class);

    /** A client says that it runs before the server has refused it. */
    private static final Duration PROBATION = Duration.ofSeconds(1);

    private static final Duration FIRST_RESTART = Duration.ofMillis(250);

    private final String id;
    private final SubscriberFactory subscribers;
    private final MessageReceiver receiver;
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final BackOff backOff;

    private SubscriptionState state;
    private int attempt;
    private @Nullable Subscriber current;

    /**
     * @param longestPause between two attempts to start it again
     */
    SupervisedSubscription(
            String id,
            SubscriberFactory subscribers,
            MessageReceiver receiver,
            Duration longestPause,
            ScheduledExecutorService timer,
            Clock clock) {
        this.id = id;
        this.subscribers = subscribers;
        this.receiver = receiver;
        this.timer = timer;
        this.clock = clock;
        this.backOff = new BackOff(FIRST_RESTART, longestPause);
        this.state = new SubscriptionState.Stopped(clock.instant());
    }

    String id() {
        return id;
    }

    synchronized SubscriptionState state() {
        return state;
    }

    synchronized void start() {
        state = new SubscriptionState.Starting(clock.instant());
        connect();
    }

    /**
     * Stops pulling and returns at once; what is held is still to be acknowledged or given back.
     */
    synchronized void stopPulling() {
        state = new SubscriptionState.Stopped(clock.instant());
        if (current != null) {
            current.stopAsync();
        }
    }

    /** After {@link #stopPulling()}: until every acknowledgement is sent, at most so long. */
    void awaitStopped(Duration most) {
        Subscriber stopping;
        synchronized (this) {
            stopping = current;
            current = null;
        }
        if (stopping == null) {
            return;
        }
        try {
            stopping.awaitTerminated(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.warn("Subscription {} did not stop within {}; what it held comes again", id, most);
        } catch (IllegalStateException e) {
            log.debug("Subscription {} had failed before it was stopped", id, e);
        }
    }

    private synchronized void connect() {
        if (isStopped()) {
            return;
        }
        attempt++;
        try {
            Subscriber subscriber = subscribers.createSubscriber(id, receiver);
            subscriber.addListener(new Watch(attempt), MoreExecutors.directExecutor());
            current = subscriber;
            subscriber.startAsync();
        } catch (RuntimeException e) {
            failed(attempt, e);
        }
    }

    private synchronized void running(int which) {
        if (which != attempt) {
            return;
        }
        switch (state) {
            case SubscriptionState.Starting _ -> becomeRunning(which);
            case SubscriptionState.Failed _ -> later(PROBATION, () -> becomeRunning(which));
            case SubscriptionState.Running _, SubscriptionState.Stopped _ -> {}
        }
    }

    private synchronized void becomeRunning(int which) {
        if (isStopped() || which != attempt) {
            return;
        }
        if (state instanceof SubscriptionState.Failed) {
            backOff.reset();
            log.info("Subscription {} is received again", id);
        } else {
            log.info("Subscription {} is received", id);
        }
        state = new SubscriptionState.Running(clock.instant());
    }

    private synchronized void failed(int which, Throwable failure) {
        if (isStopped() || which != attempt) {
            return;
        }
        current = null;
        // Its probation may end before the next attempt begins: it must not count then.
        attempt++;
        Duration pause = backOff.next();
        String reason = Reasons.of(failure);
        if (state instanceof SubscriptionState.Failed earlier) {
            log.debug("Subscription {} failed again: {}; next try in {}", id, reason, pause);
            state = new SubscriptionState.Failed(earlier.since(), reason);
        } else {
            log.warn(
                    "Subscription {} failed: {}; it is started again until that works, first in {}",
                    id,
                    reason,
                    pause);
            state = new SubscriptionState.Failed(clock.instant(), reason);
        }
        later(pause, this::connect);
    }

    private void later(Duration pause, Runnable action) {
        Future<?> _ = timer.schedule(action, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private boolean isStopped() {
        return state instanceof SubscriptionState.Stopped;
    }

    private final class Watch extends ApiService.Listener {

        private final int which;

        Watch(int which) {
            this.which = which;
        }

        @Override
        public void running() {
            SupervisedSubscription.this.running(which);
        }

        @Override
        public void failed(ApiService.State from, Throwable failure) {
            SupervisedSubscription.this.failed(which, failure);
        }
    }
}
