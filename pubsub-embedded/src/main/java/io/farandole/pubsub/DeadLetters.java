package io.farandole.pubsub;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Subscription;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what was delivered too often to the dead-letter topic of its subscription, as any other
 * publish; only once that is on disk is the message acknowledged at its source. So a crash in
 * between gives it twice, and never loses it.
 */
final class DeadLetters {

    static final int DEFAULT_ATTEMPTS = 5;
    static final int MAX_ATTEMPTS = 100;

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final String SOURCE = "CloudPubSubDeadLetterSource";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx");

    private final Broker broker;

    /** The subscriptions whose trouble the log tells already. */
    private final Set<String> troubled = ConcurrentHashMap.newKeySet();

    DeadLetters(Broker broker) {
        this.broker = broker;
    }

    /** Which policies there can be; the topic's existence is asked for apart. */
    static Optional<Status> refuse(Subscription subscription) {
        if (!subscription.hasDeadLetterPolicy()) {
            return Optional.empty();
        }
        DeadLetterPolicy policy = subscription.getDeadLetterPolicy();
        int attempts = policy.getMaxDeliveryAttempts();
        if (attempts < DEFAULT_ATTEMPTS || attempts > MAX_ATTEMPTS) {
            return invalid(
                    "dead_letter_policy.max_delivery_attempts is %d, and has to be %d to %d."
                            .formatted(attempts, DEFAULT_ATTEMPTS, MAX_ATTEMPTS));
        }
        if (policy.getDeadLetterTopic().equals(subscription.getTopic())) {
            return invalid(
                    "dead_letter_policy.dead_letter_topic is the topic of the subscription itself; it has to be another.");
        }
        return ResourceName.TOPIC.refuse(policy.getDeadLetterTopic());
    }

    /** A policy that stays as it is may have lost its topic. */
    static DeadLetterPolicy withDefaults(DeadLetterPolicy policy) {
        return policy.getMaxDeliveryAttempts() == 0
                ? policy.toBuilder().setMaxDeliveryAttempts(DEFAULT_ATTEMPTS).build()
                : policy;
    }

    Optional<Status> refuseMissingTopic(Subscription subscription) {
        DeadLetterPolicy policy = subscription.getDeadLetterPolicy();
        boolean stays =
                broker.subscription(subscription.getName())
                        .filter(live -> live.definition().getDeadLetterPolicy().equals(policy))
                        .isPresent();
        return stays
                        || !subscription.hasDeadLetterPolicy()
                        || broker.topic(policy.getDeadLetterTopic()).isPresent()
                ? Optional.empty()
                : Optional.of(ResourceName.TOPIC.missing(policy.getDeadLetterTopic()));
    }

    /**
     * Says whether the message is on its way; then the subscription is told later what became of
     * it.
     */
    boolean forward(LiveSubscription source, StoredMessage message, int attempts) {
        Subscription definition = source.definition();
        if (!definition.hasDeadLetterPolicy()) {
            return false; // it was taken away meanwhile
        }
        String topic = definition.getDeadLetterPolicy().getDeadLetterTopic();
        if (broker.topic(topic).isEmpty()) {
            trouble(source, message, "there is no " + topic + ". Create it, or change the policy.");
            return false;
        }
        broker.publish(
                PublishRequest.newBuilder()
                        .setTopic(topic)
                        .addMessages(letter(definition.getName(), message, attempts))
                        .build(),
                new Reply<>(
                        new StreamObserver<PublishResponse>() {
                            @Override
                            public void onNext(PublishResponse published) {
                                troubled.remove(source.name());
                                source.forwarded(message.id(), broker.journal());
                            }

                            @Override
                            public void onError(Throwable refusal) {
                                trouble(source, message, String.valueOf(refusal.getMessage()));
                                source.notForwarded(message.id());
                            }

                            @Override
                            public void onCompleted() {}
                        }));
        return true;
    }

    private void trouble(LiveSubscription source, StoredMessage message, String why) {
        if (troubled.add(source.name())) {
            LOG.warn(
                    "Message {} of {} was delivered too often and stays, for it cannot be forwarded: {}"
                            + " (said once, until one can be forwarded)",
                    message.id(),
                    source.name(),
                    why);
        }
    }

    private static PubsubMessage letter(String subscription, StoredMessage message, int attempts) {
        String[] name = subscription.split("/", -1);
        try {
            return PubsubMessage.parseFrom(message.bytes()).toBuilder()
                    .putAttributes(SOURCE + "DeliveryCount", Integer.toString(attempts))
                    .putAttributes(SOURCE + "Subscription", name[3])
                    .putAttributes(SOURCE + "SubscriptionProject", name[1])
                    .putAttributes(
                            SOURCE + "TopicPublishTime",
                            TIME.format(
                                    Instant.ofEpochMilli(message.publishedAtMillis())
                                            .atOffset(ZoneOffset.UTC)))
                    .build();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(
                    "message " + message.id() + " is kept as bytes that are none", e);
        }
    }

    private static Optional<Status> invalid(String sentence) {
        return Optional.of(Status.INVALID_ARGUMENT.withDescription(sentence));
    }
}
