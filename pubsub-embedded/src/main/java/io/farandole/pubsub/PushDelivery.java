package io.farandole.pubsub;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.Subscription;
import io.farandole.pubsub.push.PushClient.Push;
import io.farandole.pubsub.push.PushRules;
import io.farandole.pubsub.push.PushWindow;
import io.farandole.pubsub.push.PushedMessage;
import io.farandole.pubsub.time.Times;
import io.farandole.pubsub.time.Times.Alarm;
import io.grpc.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pushes one subscription's messages to its endpoint, each in a request of its own, so that a key
 * waits for the answer to its last one. Called under the lock of the subscription.
 */
final class PushDelivery {

    private static final byte[] NO_PROPERTIES = {};

    private final Pushes pushes;
    private final Times times;
    private final SubscriptionQueue queue;
    private final DeliveryFaults faults;
    private final LiveSubscription live;
    private final Map<AckId, Alarm> timeouts = new HashMap<>();
    private final PushWindow window = new PushWindow();
    private Subscription definition = Subscription.getDefaultInstance();

    PushDelivery(
            Pushes pushes,
            Times times,
            SubscriptionQueue queue,
            DeliveryFaults faults,
            LiveSubscription live) {
        this.pushes = pushes;
        this.times = times;
        this.queue = queue;
        this.faults = faults;
        this.live = live;
    }

    void redefine(Subscription changed) {
        definition = changed;
    }

    /** Why nobody may pull. */
    Optional<Status> refusal() {
        return isPush() ? Optional.of(PushRules.notPull()) : Optional.empty();
    }

    private boolean isPush() {
        return PushRules.isPush(definition.getPushConfig());
    }

    /** Sends as much as there is room for. */
    void dispatch() {
        if (!isPush()) {
            return;
        }
        boolean more = true;
        while (more && queue.waiting() > 0 && window.hasRoom(times.millis())) {
            more = pushOne();
        }
    }

    private boolean pushOne() {
        long lease = definition.getAckDeadlineSeconds() * 1000L;
        Handout handout = new Handout(1, NO_PROPERTIES);
        queue.fill(new Receiver(1, 0), handout, times.millis() + lease);
        for (Handout.Handed handed : handout.handed()) {
            Push request = send(handed);
            // under the lock that the answer needs, too
            timeouts.put(handed.ackId(), times.after(lease, request::cancel));
        }
        faults.handedOut(handout, times.millis());
        return !handout.isEmpty();
    }

    private Push send(Handout.Handed handed) {
        PushConfig config = definition.getPushConfig();
        String subscription = definition.getName();
        window.sent();
        return pushes.client()
                .send(
                        config,
                        () ->
                                new PushedMessage(
                                        subscription,
                                        parse(handed.message()),
                                        handed.deliveryAttempt()),
                        acknowledged -> answered(handed.ackId(), acknowledged));
    }

    /** After a failure nothing is sent for a while. */
    private void answered(AckId ackId, boolean acknowledged) {
        synchronized (live) {
            Alarm timeout = timeouts.remove(ackId);
            if (timeout != null) {
                timeout.cancel();
            }
            if (acknowledged) {
                window.succeeded();
                live.acknowledge(List.of(ackId), pushes.journal().get());
            } else {
                times.after(window.failed(times.millis()), live::ready);
                live.modify(List.of(ackId), List.of(0));
            }
        }
    }

    private static PubsubMessage parse(StoredMessage message) {
        try {
            return PubsubMessage.parseFrom(message.bytes());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a message is kept that is none", e);
        }
    }
}
