package io.farandole.pubsub;

import com.google.pubsub.v1.Subscription;
import io.farandole.pubsub.QueuedMessage.State;
import io.farandole.pubsub.faults.Fault;
import io.farandole.pubsub.faults.Injection;
import io.farandole.pubsub.faults.Occasion;
import io.grpc.Status;
import java.util.List;
import java.util.Optional;

/**
 * Lets go wrong at one subscription what is to go wrong; as long as nothing is, it does nothing.
 * Called under the lock of the subscription.
 */
final class DeliveryFaults {

    private final Injection injection;
    private final SubscriptionQueue queue;
    private Subscription definition;

    DeliveryFaults(Injection injection, SubscriptionQueue queue, Subscription definition) {
        this.injection = injection;
        this.queue = queue;
        this.definition = definition;
    }

    void redefine(Subscription changed) {
        definition = changed;
    }

    boolean isFrozen() {
        return !injection.isQuiet() && injection.isFrozen(at(""));
    }

    void added(List<StoredMessage> messages, long now) {
        if (injection.isQuiet()) {
            return;
        }
        for (StoredMessage message : messages) {
            long delay = injection.delayMillis(at(message.orderingKey()), message.id());
            if (delay > 0) {
                queue.find(message.id()).ifPresent(queued -> queue.rest(queued, now + delay));
            }
        }
    }

    /** With what the stream is to end, if it is to end. */
    Optional<Status> handedOut(Handout handout, long now) {
        if (injection.isQuiet()) {
            return Optional.empty();
        }
        if (!definition.getEnableExactlyOnceDelivery()) {
            handout.messages()
                    .forEach(
                            message ->
                                    queue.find(message.id()).ifPresent(it -> handedOut(it, now)));
        }
        return injection.killsStream(at(""));
    }

    private void handedOut(QueuedMessage message, long now) {
        // each message once, or one that is always handed out twice would never come to an end
        if (message.state != State.LEASED || message.handedOut > 1) {
            return;
        }
        if (strikes(Fault.DUPLICATE, message)) {
            queue.bringBack(message, now);
        } else if (message.key != null
                && message.key.head != null
                && strikes(Fault.REDELIVER_FOLLOWERS, message)) {
            queue.bringBack(message.key.head, now);
        }
    }

    /** Those of the acknowledgements that are not forgotten. */
    List<AckId> kept(List<AckId> acknowledgements) {
        if (injection.isQuiet() || definition.getEnableExactlyOnceDelivery()) {
            return acknowledgements;
        }
        return acknowledgements.stream().filter(ackId -> !isForgotten(ackId.message())).toList();
    }

    private boolean isForgotten(long id) {
        return queue.find(id).filter(it -> strikes(Fault.DROP_ACKNOWLEDGEMENT, it)).isPresent();
    }

    private boolean strikes(Fault fault, QueuedMessage queued) {
        StoredMessage message = queued.message;
        return injection.strikes(fault, at(message.orderingKey()), message.id(), queued.handedOut);
    }

    private Occasion at(String orderingKey) {
        return new Occasion(definition.getTopic(), definition.getName(), orderingKey);
    }
}
