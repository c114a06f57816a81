package io.farandole.pubsub;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.pubsub.v1.ExpirationPolicy;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import io.farandole.pubsub.push.PushRules;
import io.grpc.Status;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which topics and subscriptions there can be here. What asks for more is refused, never taken and
 * ignored.
 */
final class DefinitionRules {

    static final int DEFAULT_ACK_DEADLINE = 10;
    static final int MAX_ACK_DEADLINE = 600;
    private static final Duration DAY = Duration.newBuilder().setSeconds(86_400).build();
    private static final Duration WEEK = Duration.newBuilder().setSeconds(7 * 86_400L).build();
    private static final Duration MONTH = Duration.newBuilder().setSeconds(31 * 86_400L).build();

    /** Ten thousand years: the longest duration that protobuf's own rules know. */
    private static final Duration LONGEST =
            Duration.newBuilder().setSeconds(315_576_000_000L).build();

    private static final Duration TEN_MINUTES = Duration.newBuilder().setSeconds(600).build();

    private static final Set<String> TOPIC_FIELDS =
            Set.of(
                    "name",
                    "labels",
                    "message_retention_duration",
                    "schema_settings",
                    "state",
                    "satisfies_pzs");
    private static final Set<String> SUBSCRIPTION_FIELDS =
            Set.of(
                    "name",
                    "topic",
                    "labels",
                    "ack_deadline_seconds",
                    "message_retention_duration",
                    "retain_acked_messages",
                    "dead_letter_policy",
                    "detached",
                    "enable_exactly_once_delivery",
                    "enable_message_ordering",
                    "push_config",
                    "expiration_policy",
                    "filter",
                    "retry_policy",
                    "state",
                    "topic_message_retention_duration");

    private DefinitionRules() {}

    static Optional<Status> refuse(Topic topic) {
        return first(
                Stream.of(
                        ResourceName.TOPIC.refuse(topic.getName()),
                        refuseOthers(topic, TOPIC_FIELDS),
                        LabelRules.refuse(topic.getLabelsMap()),
                        topic.hasMessageRetentionDuration()
                                ? between(
                                        "message_retention_duration",
                                        topic.getMessageRetentionDuration(),
                                        TEN_MINUTES,
                                        MONTH)
                                : Optional.empty()));
    }

    /** Expects {@link #withDefaults}. */
    static Optional<Status> refuse(Subscription subscription) {
        ExpirationPolicy expiration = subscription.getExpirationPolicy();
        return first(
                Stream.of(
                        ResourceName.SUBSCRIPTION.refuse(subscription.getName()),
                        refuseOthers(subscription, SUBSCRIPTION_FIELDS),
                        LabelRules.refuse(subscription.getLabelsMap()),
                        refuseAckDeadline(
                                "ack_deadline_seconds", subscription.getAckDeadlineSeconds()),
                        between(
                                "message_retention_duration",
                                subscription.getMessageRetentionDuration(),
                                TEN_MINUTES,
                                MONTH),
                        expiration.hasTtl()
                                ? refuseExpiration(
                                        expiration.getTtl(),
                                        subscription.getMessageRetentionDuration())
                                : Optional.empty(),
                        PushRules.refuse(subscription.getPushConfig()),
                        subscription.getEnableExactlyOnceDelivery()
                                        && PushRules.isPush(subscription.getPushConfig())
                                ? invalid(
                                        "enable_exactly_once_delivery is for those who pull, and not for push_config.")
                                : Optional.empty(),
                        Selection.refuse(subscription.getFilter()),
                        DeadLetters.refuse(subscription),
                        refuse(subscription.getRetryPolicy())));
    }

    private static Optional<Status> refuseExpiration(Duration ttl, Duration retention) {
        return between("expiration_policy.ttl", ttl, DAY, LONGEST)
                .or(
                        () ->
                                Backoff.millis(ttl) < Backoff.millis(retention)
                                        ? invalid(
                                                "expiration_policy.ttl is %d s, and must not be shorter than message_retention_duration, which is %d s."
                                                        .formatted(
                                                                ttl.getSeconds(),
                                                                retention.getSeconds()))
                                        : Optional.empty());
    }

    static Optional<Status> refuseAckDeadline(String field, int seconds) {
        return seconds < DEFAULT_ACK_DEADLINE || seconds > MAX_ACK_DEADLINE
                ? invalid(field + " is " + seconds + ", and has to be 10 to 600.")
                : Optional.empty();
    }

    static Topic withDefaults(Topic topic) {
        return topic.toBuilder().setState(Topic.State.ACTIVE).build();
    }

    /** What the service fills in where a definition says nothing. */
    static Subscription withDefaults(Subscription subscription) {
        Subscription.Builder whole =
                subscription.toBuilder()
                        .setState(Subscription.State.ACTIVE)
                        .clearTopicMessageRetentionDuration();
        if (subscription.getAckDeadlineSeconds() == 0) {
            whole.setAckDeadlineSeconds(DEFAULT_ACK_DEADLINE);
        }
        if (!subscription.hasMessageRetentionDuration()) {
            whole.setMessageRetentionDuration(WEEK);
        }
        if (!subscription.hasExpirationPolicy()) {
            whole.setExpirationPolicy(ExpirationPolicy.newBuilder().setTtl(MONTH));
        }
        if (subscription.hasDeadLetterPolicy()) {
            whole.setDeadLetterPolicy(DeadLetters.withDefaults(subscription.getDeadLetterPolicy()));
        }
        if (subscription.hasRetryPolicy()) {
            whole.setRetryPolicy(Backoff.withDefaults(subscription.getRetryPolicy()));
        }
        if (!subscription.getPushConfig().getAllFields().isEmpty()) {
            return whole.setPushConfig(PushRules.withDefaults(subscription.getPushConfig()))
                    .build();
        }
        // the empty push configuration, which clients send, means pull
        return whole.clearPushConfig().build();
    }

    private static Optional<Status> refuse(RetryPolicy policy) {
        Duration none = Duration.getDefaultInstance();
        Backoff backoff = Backoff.of(policy);
        return first(
                Stream.of(
                        policy.hasMinimumBackoff()
                                ? between(
                                        "retry_policy.minimum_backoff",
                                        policy.getMinimumBackoff(),
                                        none,
                                        TEN_MINUTES)
                                : Optional.empty(),
                        policy.hasMaximumBackoff()
                                ? between(
                                        "retry_policy.maximum_backoff",
                                        policy.getMaximumBackoff(),
                                        none,
                                        TEN_MINUTES)
                                : Optional.empty(),
                        backoff.minimumMillis() > backoff.maximumMillis()
                                ? invalid(
                                        "retry_policy.minimum_backoff is longer than"
                                                + " maximum_backoff.")
                                : Optional.empty()));
    }

    private static Optional<Status> refuseOthers(Message definition, Set<String> known) {
        if (!definition.getUnknownFields().asMap().isEmpty()) {
            return unimplemented("fields " + definition.getUnknownFields().asMap().keySet());
        }
        return definition.getAllFields().keySet().stream()
                .map(FieldDescriptor::getName)
                .filter(field -> !known.contains(field))
                .findFirst()
                .flatMap(DefinitionRules::unimplemented);
    }

    private static Optional<Status> between(
            String field, Duration value, Duration least, Duration most) {
        long millis = Backoff.millis(value);
        return !Backoff.isDuration(value)
                        || millis < Backoff.millis(least)
                        || millis > Backoff.millis(most)
                ? invalid(
                        "%s is %d s and %d ns, and has to be %d to %d s."
                                .formatted(
                                        field,
                                        value.getSeconds(),
                                        value.getNanos(),
                                        least.getSeconds(),
                                        most.getSeconds()))
                : Optional.empty();
    }

    private static Optional<Status> invalid(String sentence) {
        return Optional.of(Status.INVALID_ARGUMENT.withDescription(sentence));
    }

    private static Optional<Status> unimplemented(String what) {
        return Optional.of(
                Status.UNIMPLEMENTED.withDescription(
                        "pubsub-embedded does not do "
                                + what
                                + ", and refuses what asks for it rather than ignore it. Leave"
                                + " it out, or use Google's Pub/Sub."));
    }

    private static Optional<Status> first(Stream<Optional<Status>> refusals) {
        return refusals.flatMap(Optional::stream).findFirst();
    }
}
