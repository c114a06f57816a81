package io.farandole.pubsub;

import com.google.protobuf.Empty;
import com.google.pubsub.v1.ExpirationPolicy;
import com.google.pubsub.v1.Subscription;
import io.farandole.pubsub.journal.JournalRecord.Kind;
import io.farandole.pubsub.time.Times;
import io.grpc.stub.StreamObserver;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the passing of time does: messages that are too old are dropped, what nobody uses expires.
 */
final class HouseKeeping {

    private static final Logger LOG = LoggerFactory.getLogger(HouseKeeping.class);
    private static final long PERIOD_MILLIS = 60_000;

    private final Broker broker;
    private final Times times;

    HouseKeeping(Broker broker, Times times) {
        this.broker = broker;
        this.times = times;
    }

    void start() {
        times.after(PERIOD_MILLIS, this::keep);
    }

    private void keep() {
        try {
            long now = times.calendar().millis();
            broker.topics().forEach(topic -> topic.dropTooOld(now));
            broker.subscriptions().forEach(subscription -> keep(subscription, now));
            broker.snapshots().all().forEach(snapshot -> keep(snapshot, now));
        } catch (RuntimeException e) {
            LOG.error("What is too old could not be dropped; it is tried again in a minute", e);
        } finally {
            start();
        }
    }

    private void keep(LiveSubscription subscription, long now) {
        Subscription definition = subscription.definition();
        long retention = Backoff.millis(definition.getMessageRetentionDuration());
        // a minute later than need be: a seek under way may still count on what it saw
        subscription.dropAcknowledgedBefore(now - retention - PERIOD_MILLIS);
        // what the topic retains is there for its subscriptions in any case
        long longer =
                Math.max(retention, Backoff.millis(definition.getTopicMessageRetentionDuration()));
        subscription.dropOlderThan(longer, broker.journal());
        if (isUnused(subscription)) {
            LOG.info(
                    "Subscription {} expires: nobody used it for its time to live",
                    subscription.name());
            expire(
                    Kind.SUBSCRIPTION,
                    subscription.name(),
                    () ->
                            broker.subscription(subscription.name())
                                    .filter(HouseKeeping::isUnused)
                                    .isPresent());
        }
    }

    private static boolean isUnused(LiveSubscription subscription) {
        ExpirationPolicy policy = subscription.definition().getExpirationPolicy();
        return policy.hasTtl() && subscription.idleMillis() > Backoff.millis(policy.getTtl());
    }

    private void keep(LiveSnapshot snapshot, long now) {
        if (snapshot.expiresAtMillis() <= now) {
            String name = snapshot.definition().getName();
            expire(
                    Kind.SNAPSHOT,
                    name,
                    () ->
                            broker.snapshots()
                                    .named(name)
                                    .filter(present -> present.expiresAtMillis() <= now)
                                    .isPresent());
        }
    }

    /** An earlier change may have made it another, or one that is to stay. */
    private void expire(Kind kind, String name, BooleanSupplier isStillDue) {
        broker.turns()
                .take(
                        name,
                        new Reply<>(new Expiry(name)),
                        inTurn -> {
                            if (isStillDue.getAsBoolean()) {
                                broker.delete(kind, name, inTurn);
                            } else {
                                inTurn.done(Empty.getDefaultInstance());
                            }
                        });
    }

    /** Nobody waits for the answer. */
    private record Expiry(String name) implements StreamObserver<Empty> {

        @Override
        public void onNext(Empty expired) {}

        @Override
        public void onError(Throwable refusal) {
            LOG.warn("{} could not expire: {}", name, refusal.getMessage());
        }

        @Override
        public void onCompleted() {}
    }
}
