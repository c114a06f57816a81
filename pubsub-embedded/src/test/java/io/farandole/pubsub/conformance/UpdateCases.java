package io.farandole.pubsub.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.pubsub.v1.ExpirationPolicy;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.UpdateSubscriptionRequest;
import io.grpc.Status.Code;
import java.util.List;

/** UpdateSubscription. */
final class UpdateCases {

    @Rule(value = "the fields of update_mask change, and no other", at = Page.RPC)
    void updateChangesWhatTheMaskNames(World w) {
        w.newsAndFirst(subscription -> subscription.setAckDeadlineSeconds(20));
        Subscription answered =
                update(
                        w,
                        Subscription.newBuilder().putLabels("a", "b").setAckDeadlineSeconds(99),
                        "labels");
        assertThat(answered.getLabelsMap()).containsEntry("a", "b");
        assertThat(answered.getAckDeadlineSeconds()).isEqualTo(20);
        assertThat(w.get("first")).isEqualTo(answered);
    }

    @Rule(value = "a new ack deadline holds for what is delivered from then on", at = Page.RPC)
    void newAckDeadlineHolds(World w) {
        w.newsAndFirst();
        update(w, Subscription.newBuilder().setAckDeadlineSeconds(30), "ack_deadline_seconds");
        w.publish("news", "m");
        w.pullOne("first");
        w.pass(20);
        w.nothing("first");
        w.pass(12);
        w.pullOne("first");
    }

    @Rule(
            value = "retention, expiration and retry policy can be changed, and unset again",
            at = Page.SUBSCRIPTION_PROPERTIES)
    void policiesCanBeChanged(World w) {
        w.newsAndFirst();
        Duration hour = Duration.newBuilder().setSeconds(3_600).build();
        Duration week = Duration.newBuilder().setSeconds(7 * 86_400L).build();
        RetryPolicy retries = RetryPolicy.newBuilder().setMinimumBackoff(seconds(5)).build();
        Subscription changed =
                update(
                        w,
                        Subscription.newBuilder()
                                .setMessageRetentionDuration(hour)
                                .setExpirationPolicy(ExpirationPolicy.newBuilder().setTtl(week))
                                .setRetryPolicy(retries),
                        "message_retention_duration",
                        "expiration_policy",
                        "retry_policy");
        assertThat(changed.getMessageRetentionDuration()).isEqualTo(hour);
        assertThat(changed.getExpirationPolicy().getTtl()).isEqualTo(week);
        assertThat(changed.getRetryPolicy().getMinimumBackoff()).isEqualTo(seconds(5));
        Subscription back = update(w, Subscription.newBuilder(), "retry_policy");
        assertThat(back.hasRetryPolicy()).isFalse();
        assertThat(back.getMessageRetentionDuration()).isEqualTo(hour);
    }

    @Rule(value = "update_mask must be there and not be empty", at = Page.RPC)
    void updateNeedsAMask(World w) {
        w.newsAndFirst();
        Answers.refused(Code.INVALID_ARGUMENT, () -> update(w, Subscription.newBuilder()));
        Answers.refused(
                Code.INVALID_ARGUMENT, () -> update(w, Subscription.newBuilder(), "nonsense"));
    }

    @Rule(value = "an update keeps the bounds of creation", at = Page.RPC)
    void updateKeepsTheBounds(World w) {
        w.newsAndFirst();
        Answers.refused(
                Code.INVALID_ARGUMENT,
                () ->
                        update(
                                w,
                                Subscription.newBuilder().setAckDeadlineSeconds(601),
                                "ack_deadline_seconds"));
        assertThat(w.get("first").getAckDeadlineSeconds()).isEqualTo(10);
    }

    @Rule(value = "name and topic cannot be changed", at = Page.RPC)
    void nameAndTopicAreFixed(World w) {
        w.newsAndFirst();
        w.topic("gossip");
        Answers.refused(
                Code.INVALID_ARGUMENT,
                () ->
                        update(
                                w,
                                Subscription.newBuilder().setTopic(w.topicName("gossip")),
                                "topic"));
        Answers.refused(Code.INVALID_ARGUMENT, () -> update(w, Subscription.newBuilder(), "name"));
    }

    @Rule(value = "whether messages are ordered cannot be changed", at = Page.ORDERING)
    void orderingIsFixed(World w) {
        w.newsAndFirst();
        Answers.refused(
                Code.INVALID_ARGUMENT,
                () ->
                        update(
                                w,
                                Subscription.newBuilder().setEnableMessageOrdering(true),
                                "enable_message_ordering"));
    }

    @Rule(value = "an update of a subscription that is not there is NOT_FOUND", at = Page.ERRORS)
    void missingSubscriptionCannotBeUpdated(World w) {
        Answers.refused(Code.NOT_FOUND, () -> update(w, Subscription.newBuilder(), "labels"));
    }

    static Subscription update(World w, Subscription.Builder wanted, String... paths) {
        return w.subscriber()
                .updateSubscription(
                        UpdateSubscriptionRequest.newBuilder()
                                .setSubscription(
                                        wanted.setName(w.subscriptionName("first"))
                                                .setTopic(
                                                        wanted.getTopic().isEmpty()
                                                                ? w.topicName("news")
                                                                : wanted.getTopic()))
                                .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)))
                                .build());
    }

    private static Duration seconds(long seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }
}
