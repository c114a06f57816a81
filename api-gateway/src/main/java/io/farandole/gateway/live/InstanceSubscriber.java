package io.farandole.gateway.live;

import com.google.api.core.ApiService;
import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.pubsub.v1.MessageReceiver;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.cloud.spring.pubsub.PubSubAdmin;
import com.google.cloud.spring.pubsub.support.SubscriberFactory;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.Duration;
import com.google.pubsub.v1.ExpirationPolicy;
import com.google.pubsub.v1.ProjectSubscriptionName;
import com.google.pubsub.v1.ProjectTopicName;
import com.google.pubsub.v1.Subscription;
import io.farandole.events.InstanceSubscription;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a subscription that this instance has for itself: makes it, reads it, makes it again if it
 * is gone, and deletes it in the end.
 */
final class InstanceSubscriber {

    private static final Logger log = LoggerFactory.getLogger(InstanceSubscriber.class);

    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    // Who looks is told at once, or reads the list anew: what is older helps nobody. The least that
    // Pub/Sub takes.
    private static final long RETENTION_SECONDS = 600;
    private static final int ACK_DEADLINE_SECONDS = 10;
    private static final long PATIENCE_SECONDS = 2;

    private final InstanceSubscription subscription;
    private final String name;
    private final String project;
    private final PubSubAdmin admin;
    private final SubscriberFactory subscribers;
    private final MessageReceiver receiver;
    private final ScheduledExecutorService executor;
    private final Runnable onHearing;
    private volatile boolean hears;
    private boolean stopped;
    private boolean told;
    private long pause = FIRST_PAUSE_MILLIS;
    private @Nullable Subscriber current;

    InstanceSubscriber(
            InstanceSubscription subscription,
            String instance,
            String project,
            PubSubAdmin admin,
            SubscriberFactory subscribers,
            MessageReceiver receiver,
            ScheduledExecutorService executor,
            Runnable onHearing) {
        this.subscription = subscription;
        this.name = subscription.of(instance);
        this.project = project;
        this.admin = admin;
        this.subscribers = subscribers;
        this.receiver = receiver;
        this.executor = executor;
        this.onHearing = onHearing;
    }

    boolean hears() {
        return hears;
    }

    /** On the executor's thread, for it waits for the broker. */
    synchronized void connect() {
        if (stopped) {
            return;
        }
        try {
            create();
            Subscriber subscriber = subscribers.createSubscriber(name, receiver);
            subscriber.addListener(new Watch(), MoreExecutors.directExecutor());
            current = subscriber;
            subscriber.startAsync();
            // What is published from now on is kept for us, even before the first pull.
            hears = true;
            told = false;
            pause = FIRST_PAUSE_MILLIS;
            log.info("Subscription {} is read", name);
            onHearing.run();
        } catch (RuntimeException e) {
            again(e);
        }
    }

    private void create() {
        try {
            admin.createSubscription(
                    Subscription.newBuilder()
                            .setName(ProjectSubscriptionName.format(project, name))
                            .setTopic(ProjectTopicName.format(project, subscription.topic().name()))
                            .setAckDeadlineSeconds(ACK_DEADLINE_SECONDS)
                            .setMessageRetentionDuration(
                                    Duration.newBuilder().setSeconds(RETENTION_SECONDS))
                            .setExpirationPolicy(
                                    ExpirationPolicy.newBuilder()
                                            .setTtl(
                                                    Duration.newBuilder()
                                                            .setSeconds(
                                                                    subscription
                                                                            .expiration()
                                                                            .toSeconds()))));
        } catch (AlreadyExistsException e) {
            log.debug("Subscription {} is there already", name, e);
        }
    }

    /** Asks the broker whether it is there; on the executor's thread. */
    void confirm(Runnable confirmed) {
        if (!hears) {
            return;
        }
        try {
            if (admin.getSubscription(name) != null) {
                confirmed.run();
            }
        } catch (RuntimeException e) {
            log.debug("Subscription {} cannot be asked for", name, e);
        }
    }

    private synchronized void again(Throwable failure) {
        if (stopped) {
            return;
        }
        if (hears) {
            hears = false;
            onHearing.run();
        }
        if (!told) {
            // Once: the orchestrator may not have made the topic yet, or the broker is away.
            told = true;
            log.warn("Subscription {} cannot be read; trying again: {}", name, failure.toString());
        }
        try {
            ScheduledFuture<?> _ = executor.schedule(this::connect, pause, TimeUnit.MILLISECONDS);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        } catch (RejectedExecutionException e) {
            log.debug("Subscription {} is not tried again: we are about to end", name, e);
        }
    }

    private final class Watch extends ApiService.Listener {

        @Override
        public void failed(ApiService.State from, Throwable failure) {
            again(failure);
        }
    }

    /** Stops reading, and takes the subscription away. */
    void stop() {
        Subscriber stopping;
        synchronized (this) {
            stopped = true;
            hears = false;
            stopping = current;
        }
        if (stopping == null) {
            return;
        }
        try {
            stopping.stopAsync().awaitTerminated(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | IllegalStateException e) {
            log.debug("Subscription {} did not stop", name, e);
        }
        try {
            admin.deleteSubscription(name);
        } catch (NotFoundException e) {
            log.debug("Subscription {} is gone already", name, e);
        } catch (RuntimeException e) {
            log.warn(
                    "Subscription {} could not be deleted; the broker does so after {}: {}",
                    name,
                    subscription.expiration(),
                    e.toString());
        }
    }
}
