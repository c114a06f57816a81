package io.farandole.pubsub;

import static io.farandole.pubsub.RawClient.subscription;
import static io.farandole.pubsub.RawClient.topic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.BigQueryConfig;
import com.google.pubsub.v1.DeleteTopicRequest;
import com.google.pubsub.v1.DetachSubscriptionRequest;
import com.google.pubsub.v1.ExpirationPolicy;
import com.google.pubsub.v1.ListTopicSubscriptionsRequest;
import com.google.pubsub.v1.MessageStoragePolicy;
import com.google.pubsub.v1.ModifyPushConfigRequest;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import com.google.pubsub.v1.UpdateSubscriptionRequest;
import com.google.pubsub.v1.UpdateTopicRequest;
import io.grpc.Status;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of topics and subscriptions can be changed, and detaching. */
class UpdateIT {

    private final EmbeddedPubSub server = EmbeddedPubSub.start();
    private final RawClient client = new RawClient(server.endpoint());

    @BeforeEach
    void create() {
        client.createTopic("news");
        client.subscribe("news", "reader");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void changesWhatTheMaskNamesAndNothingElse() {
        Subscription.Builder wanted =
                Subscription.newBuilder()
                        .setAckDeadlineSeconds(600)
                        .putLabels("a", "b")
                        .setRetainAckedMessages(true)
                        .setMessageRetentionDuration(seconds(31 * 86_400))
                        .setExpirationPolicy(ExpirationPolicy.getDefaultInstance())
                        .setRetryPolicy(
                                RetryPolicy.newBuilder()
                                        .setMinimumBackoff(seconds(1))
                                        .setMaximumBackoff(seconds(600)));
        Subscription first = update(wanted, "ack_deadline_seconds");
        assertThat(first.getAckDeadlineSeconds()).isEqualTo(600);
        assertThat(first.getLabelsMap()).isEmpty();
        assertThat(first.getExpirationPolicy().getTtl()).isEqualTo(seconds(31 * 86_400));
        Subscription all =
                update(
                        wanted,
                        "labels",
                        "retain_acked_messages",
                        "message_retention_duration",
                        "expiration_policy",
                        "retry_policy");
        assertThat(all.getLabelsMap()).containsEntry("a", "b");
        assertThat(all.getRetainAckedMessages()).isTrue();
        assertThat(all.getMessageRetentionDuration()).isEqualTo(seconds(31 * 86_400));
        assertThat(all.getExpirationPolicy().hasTtl()).isFalse();
        assertThat(all.getRetryPolicy().getMinimumBackoff()).isEqualTo(seconds(1));
        assertThat(client.get("reader")).isEqualTo(all);
        Subscription inside =
                update(
                        Subscription.newBuilder()
                                .setRetryPolicy(
                                        RetryPolicy.newBuilder().setMinimumBackoff(seconds(2))),
                        "retry_policy.minimum_backoff");
        assertThat(inside.getRetryPolicy())
                .isEqualTo(all.getRetryPolicy().toBuilder().setMinimumBackoff(seconds(2)).build());
    }

    @Test
    void goesBackToDefaultsForWhatIsNamedAndNotGiven() {
        update(
                Subscription.newBuilder()
                        .setMessageRetentionDuration(seconds(600))
                        .setExpirationPolicy(ExpirationPolicy.newBuilder().setTtl(seconds(86_400)))
                        .setRetryPolicy(RetryPolicy.getDefaultInstance())
                        .putLabels("a", "b"),
                "message_retention_duration",
                "expiration_policy",
                "retry_policy",
                "labels");
        Subscription back =
                update(
                        Subscription.newBuilder(),
                        "message_retention_duration",
                        "expiration_policy",
                        "retry_policy",
                        "labels",
                        "ack_deadline_seconds");
        assertThat(back.getMessageRetentionDuration()).isEqualTo(seconds(7 * 86_400));
        assertThat(back.getExpirationPolicy().getTtl()).isEqualTo(seconds(31 * 86_400));
        assertThat(back.hasRetryPolicy()).isFalse();
        assertThat(back.getLabelsMap()).isEmpty();
        assertThat(back.getAckDeadlineSeconds()).isEqualTo(10);
    }

    @Test
    void refusesWhatCannotBeChanged() {
        for (String path :
                List.of(
                        "name",
                        "topic",
                        "filter",
                        "enable_message_ordering",
                        "detached",
                        "topic_message_retention_duration",
                        "nothing",
                        "labels.a",
                        "retry_policy.nothing",
                        "")) {
            invalid(() -> update(Subscription.newBuilder(), path));
        }
        invalid(() -> update(Subscription.newBuilder()));
        invalid(
                () ->
                        update(
                                Subscription.newBuilder().setMessageRetentionDuration(seconds(599)),
                                "message_retention_duration"));
        invalid(
                () ->
                        update(
                                Subscription.newBuilder()
                                        .setMessageRetentionDuration(seconds(31 * 86_400 + 1)),
                                "message_retention_duration"));
        // shorter than messages are retained
        invalid(() -> expire(6 * 86_400));
        invalid(() -> expire(86_399));
        refused(
                Status.Code.UNIMPLEMENTED,
                () ->
                        update(
                                Subscription.newBuilder()
                                        .setBigqueryConfig(
                                                BigQueryConfig.newBuilder().setTable("p.d.t")),
                                "bigquery_config"));
        refused(
                Status.Code.NOT_FOUND,
                () ->
                        client.subscriber.updateSubscription(
                                UpdateSubscriptionRequest.newBuilder()
                                        .setSubscription(
                                                Subscription.newBuilder()
                                                        .setName(subscription("nobody")))
                                        .setUpdateMask(FieldMask.newBuilder().addPaths("labels"))
                                        .build()));
    }

    @Test
    void changesTopics() {
        Topic.Builder wanted =
                Topic.newBuilder()
                        .putLabels("a", "b")
                        .setMessageRetentionDuration(seconds(600))
                        .setMessageStoragePolicy(
                                MessageStoragePolicy.newBuilder()
                                        .addAllowedPersistenceRegions("europe-west1"));
        assertThat(update(wanted, "labels").hasMessageRetentionDuration()).isFalse();
        Topic changed = update(wanted, "message_retention_duration");
        assertThat(changed.getMessageRetentionDuration()).isEqualTo(seconds(600));
        assertThat(changed.getLabelsMap()).containsEntry("a", "b");
        assertThat(client.get("reader").getTopicMessageRetentionDuration()).isEqualTo(seconds(600));
        invalid(() -> update(wanted, "name"));
        invalid(() -> update(wanted, "state"));
        invalid(
                () ->
                        update(
                                Topic.newBuilder().setMessageRetentionDuration(seconds(599)),
                                "message_retention_duration"));
        refused(Status.Code.UNIMPLEMENTED, () -> update(wanted, "message_storage_policy"));
    }

    @Test
    void takesTheEmptyPushConfigurationAsPull() {
        var _ =
                client.subscriber.modifyPushConfig(
                        ModifyPushConfigRequest.newBuilder()
                                .setSubscription(subscription("reader"))
                                .setPushConfig(PushConfig.getDefaultInstance())
                                .build());
        assertThat(client.get("reader").hasPushConfig()).isFalse();
    }

    @Test
    void detachesASubscription() {
        client.publish("news", "1", "2");
        assertThat(client.pull("reader")).hasSize(2);
        detach("reader");
        detach("reader");
        client.publish("news", "3");
        Subscription detached = client.get("reader");
        assertThat(detached.getDetached()).isTrue();
        assertThat(detached.getTopic()).isEqualTo(topic("news"));
        refused(Status.Code.FAILED_PRECONDITION, () -> client.pull("reader"));
        refused(
                Status.Code.FAILED_PRECONDITION,
                () -> client.seek("reader", Timestamp.getDefaultInstance()));
        refused(Status.Code.FAILED_PRECONDITION, () -> client.createSnapshot("reader", "snap"));
        refused(Status.Code.NOT_FOUND, () -> detach("nobody"));
        assertThat(server.subscriptionCounts().getFirst().waiting()).isZero();
        assertThat(server.subscriptionCounts().getFirst().outstanding()).isZero();
        assertThat(
                        client.publisher
                                .listTopicSubscriptions(
                                        ListTopicSubscriptionsRequest.newBuilder()
                                                .setTopic(topic("news"))
                                                .build())
                                .getSubscriptionsList())
                .isEmpty();
        assertThat(update(Subscription.newBuilder().putLabels("a", "b"), "labels").getDetached())
                .isTrue();
        var _ =
                client.publisher.deleteTopic(
                        DeleteTopicRequest.newBuilder().setTopic(topic("news")).build());
        assertThat(client.get("reader").getTopic()).isEqualTo("_deleted-topic_");
        invalid(() -> client.subscribe(Subscription.newBuilder().setDetached(true), "news", "x-y"));
    }

    private Subscription update(Subscription.Builder wanted, String... paths) {
        return client.subscriber.updateSubscription(
                UpdateSubscriptionRequest.newBuilder()
                        .setSubscription(wanted.setName(subscription("reader")))
                        .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)))
                        .build());
    }

    private Subscription expire(long seconds) {
        return update(
                Subscription.newBuilder()
                        .setExpirationPolicy(
                                ExpirationPolicy.newBuilder().setTtl(seconds(seconds))),
                "expiration_policy");
    }

    private Topic update(Topic.Builder wanted, String... paths) {
        return client.publisher.updateTopic(
                UpdateTopicRequest.newBuilder()
                        .setTopic(wanted.setName(topic("news")))
                        .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)))
                        .build());
    }

    private void detach(String id) {
        var _ =
                client.publisher.detachSubscription(
                        DetachSubscriptionRequest.newBuilder()
                                .setSubscription(subscription(id))
                                .build());
    }

    private static Duration seconds(long seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }

    private static void invalid(ThrowingCallable call) {
        refused(Status.Code.INVALID_ARGUMENT, call);
    }

    private static void refused(Status.Code code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .satisfies(
                        thrown ->
                                assertThat(Status.fromThrowable(thrown).getCode()).isEqualTo(code));
    }
}
