package io.farandole.pubsub;

import static io.farandole.pubsub.GoogleClient.message;
import static io.farandole.pubsub.GoogleClient.subscription;
import static io.farandole.pubsub.GoogleClient.topic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.pubsub.v1.BigQueryConfig;
import com.google.pubsub.v1.ListTopicsRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import com.google.pubsub.v1.UpdateSubscriptionRequest;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.StreamSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Google's client sees of topics, subscriptions, limits and refusals. */
class AdministrationIT {

    private final EmbeddedPubSub server = EmbeddedPubSub.start();
    private final GoogleClient client = new GoogleClient(server.endpoint());

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void createsGetsListsAndDeletesTopics() {
        Topic asked =
                Topic.newBuilder()
                        .setName(topic("news"))
                        .putLabels("team", "a")
                        .setMessageRetentionDuration(Duration.newBuilder().setSeconds(86_400))
                        .build();
        client.topics.createTopic(asked);
        assertThat(client.topics.getTopic(topic("news")).getMessageRetentionDuration())
                .isEqualTo(asked.getMessageRetentionDuration());
        assertThat(client.topics.getTopic(topic("news")).getLabelsMap()).containsEntry("team", "a");
        refused(Status.Code.ALREADY_EXISTS, () -> client.topics.createTopic(topic("news")));
        for (int i = 0; i < 5; i++) {
            client.create("more" + i, "of" + i);
        }
        ListTopicsRequest inPages =
                ListTopicsRequest.newBuilder()
                        .setProject("projects/farandole")
                        .setPageSize(2)
                        .build();
        assertThat(
                        StreamSupport.stream(
                                client.topics.listTopics(inPages).iterateAll().spliterator(),
                                false))
                .extracting(Topic::getName)
                .containsExactly(
                        topic("more0"),
                        topic("more1"),
                        topic("more2"),
                        topic("more3"),
                        topic("more4"),
                        topic("news"));
        assertThat(client.topics.listTopics("projects/other").iterateAll()).isEmpty();
        assertThat(client.topics.listTopicSubscriptions(topic("more3")).iterateAll())
                .containsExactly(subscription("of3"));
        client.topics.deleteTopic(topic("more3"));
        refused(Status.Code.NOT_FOUND, () -> client.topics.getTopic(topic("more3")));
        refused(Status.Code.NOT_FOUND, () -> client.publish("more3", message("late")));
        assertThat(client.subscriptions.getSubscription(subscription("of3")).getTopic())
                .isEqualTo("_deleted-topic_");
    }

    @Test
    void createsGetsUpdatesListsAndDeletesSubscriptions() {
        client.create("news");
        Subscription created =
                client.subscriptions.createSubscription(
                        subscription("first"), topic("news"), PushConfig.getDefaultInstance(), 0);
        assertThat(created.getAckDeadlineSeconds()).isEqualTo(10);
        assertThat(created.getMessageRetentionDuration().getSeconds()).isEqualTo(7 * 86_400);
        refused(
                Status.Code.ALREADY_EXISTS,
                () -> client.subscribe(Subscription.newBuilder(), "news", "first"));
        refused(
                Status.Code.NOT_FOUND,
                () -> client.subscribe(Subscription.newBuilder(), "nowhere", "second"));
        Subscription updated =
                update(
                        created.toBuilder().setAckDeadlineSeconds(60).putLabels("a", "b"),
                        "labels",
                        "ack_deadline_seconds");
        assertThat(updated.getAckDeadlineSeconds()).isEqualTo(60);
        assertThat(client.subscriptions.getSubscription(subscription("first"))).isEqualTo(updated);
        assertThat(updated.getLabelsMap()).containsEntry("a", "b");
        refused(
                Status.Code.INVALID_ARGUMENT,
                () -> update(created.toBuilder().setFilter("x"), "filter"));
        refused(
                Status.Code.INVALID_ARGUMENT,
                () -> update(created.toBuilder().setAckDeadlineSeconds(5), "ack_deadline_seconds"));
        assertThat(client.subscriptions.listSubscriptions("projects/farandole").iterateAll())
                .containsExactly(updated);
        client.subscriptions.deleteSubscription(subscription("first"));
        refused(
                Status.Code.NOT_FOUND,
                () -> client.subscriptions.getSubscription(subscription("first")));
        refused(Status.Code.NOT_FOUND, () -> client.subscriptions.pull(subscription("first"), 1));
        assertThat(client.topics.listTopicSubscriptions(topic("news")).iterateAll()).isEmpty();
    }

    @Test
    void refusesBadNames() {
        for (String bad : List.of("ab", "1abc", "googles", "a b c", "x".repeat(256))) {
            refused(Status.Code.INVALID_ARGUMENT, () -> createRaw(topic(bad)));
        }
        refused(Status.Code.INVALID_ARGUMENT, () -> createRaw("news"));
        createRaw(topic("x".repeat(255)));
    }

    @Test
    void refusesWhatIsOverALimit() {
        client.create("news");
        PubsubMessage good = message("m");
        client.publish("news", Collections.nCopies(1_000, good).toArray(PubsubMessage[]::new));
        invalid("1001 messages", Collections.nCopies(1_001, good).toArray(PubsubMessage[]::new));
        invalid("no message");
        invalid("is empty", good, PubsubMessage.newBuilder().setOrderingKey("k").build());
        invalid(
                "bytes",
                PubsubMessage.newBuilder()
                        .setData(ByteString.copyFrom(new byte[10_000_000]))
                        .build());
        client.publish(
                "news",
                PubsubMessage.newBuilder()
                        .setData(ByteString.copyFrom(new byte[9_999_000]))
                        .build());
        client.publish(
                "news", good.toBuilder().putAttributes("k".repeat(256), "v".repeat(1_024)).build());
        invalid("attribute", good.toBuilder().putAttributes("k".repeat(257), "v").build());
        invalid("attribute", good.toBuilder().putAttributes("é".repeat(129), "v").build());
        invalid("attribute", good.toBuilder().putAttributes("k", "v".repeat(1_025)).build());
        invalid("goog", good.toBuilder().putAttributes("googclient_x", "v").build());
        PubsubMessage.Builder many = good.toBuilder();
        for (int i = 0; i < 101; i++) {
            many.putAttributes("k" + i, "v");
        }
        invalid("100 attributes", many.build());
        client.publish("news", message("m", "k".repeat(1_024)));
        invalid("ordering key", message("m", "k".repeat(1_025)));
        invalid("ordering key", message("m", "a"), message("m", "b"));
    }

    @Test
    void refusesWhatItDoesNotDoRatherThanIgnoreIt() {
        client.create("news");
        unimplemented(
                () ->
                        client.subscribe(
                                Subscription.newBuilder()
                                        .setBigqueryConfig(
                                                BigQueryConfig.newBuilder().setTable("p.d.t")),
                                "news",
                                "first"));
        client.subscribe(Subscription.newBuilder(), "news", "first");
        assertThat(client.subscriptions.listSubscriptions("projects/farandole").iterateAll())
                .hasSize(1);
    }

    @Test
    void refusesAStreamThatAsksWrongly() {
        client.create("news", "first");
        List<Status.Code> ends = new ArrayList<>();
        for (StreamingPullRequest first :
                List.of(
                        StreamingPullRequest.newBuilder()
                                .setSubscription(subscription("nowhere"))
                                .setStreamAckDeadlineSeconds(10)
                                .build(),
                        StreamingPullRequest.newBuilder()
                                .setSubscription(subscription("first"))
                                .setStreamAckDeadlineSeconds(9)
                                .build(),
                        StreamingPullRequest.newBuilder()
                                .setSubscription("first")
                                .setStreamAckDeadlineSeconds(10)
                                .build(),
                        StreamingPullRequest.newBuilder()
                                .setSubscription(subscription("first"))
                                .setStreamAckDeadlineSeconds(10)
                                .addAckIds("junk")
                                .build())) {
            ends.add(StreamEnd.of(client.channel, first).getCode());
        }
        assertThat(ends)
                .containsExactly(
                        Status.Code.NOT_FOUND,
                        Status.Code.INVALID_ARGUMENT,
                        Status.Code.INVALID_ARGUMENT,
                        Status.Code.INVALID_ARGUMENT);
        refused(
                Status.Code.INVALID_ARGUMENT,
                () -> client.subscriptions.pull(subscription("first"), 0));
        refused(
                Status.Code.INVALID_ARGUMENT,
                () -> client.subscriptions.acknowledge(subscription("first"), List.of("junk")));
        refused(
                Status.Code.INVALID_ARGUMENT,
                () ->
                        client.subscriptions.modifyAckDeadline(
                                subscription("first"), List.of("1.1"), 601));
    }

    @Test
    void saysWhichPortIsTaken() {
        assertThatThrownBy(() -> EmbeddedPubSub.builder().port(server.port()).start())
                .isInstanceOf(PortInUseException.class)
                .hasMessageContaining(Integer.toString(server.port()))
                .hasMessageContaining("choose another port");
    }

    private Subscription update(Subscription.Builder wanted, String... paths) {
        return client.subscriptions.updateSubscription(
                UpdateSubscriptionRequest.newBuilder()
                        .setSubscription(wanted)
                        .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)))
                        .build());
    }

    /** Google's client checks names before it sends; others do not. */
    private void createRaw(String name) {
        var _ =
                PublisherGrpc.newBlockingStub(client.channel)
                        .createTopic(Topic.newBuilder().setName(name).build());
    }

    private void invalid(String reason, PubsubMessage... messages) {
        assertThatThrownBy(() -> client.publish("news", messages)).hasMessageContaining(reason);
        refused(Status.Code.INVALID_ARGUMENT, () -> client.publish("news", messages));
    }

    private static void unimplemented(ThrowingCallable call) {
        refused(Status.Code.UNIMPLEMENTED, call);
        assertThatThrownBy(call).hasMessageContaining("pubsub-embedded does not do");
    }

    private static void refused(Status.Code code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .satisfies(
                        thrown ->
                                assertThat(Status.fromThrowable(thrown).getCode()).isEqualTo(code));
    }
}
