package io.farandole.pubsub;

import static io.farandole.pubsub.GoogleClient.message;
import static io.farandole.pubsub.GoogleClient.subscription;
import static io.farandole.pubsub.GoogleClient.topic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.protobuf.Duration;
import com.google.protobuf.util.Timestamps;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.PullResponse;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.Subscription;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What Google's client sees of publishing, receiving, acknowledging, and of what is not
 * acknowledged.
 */
class DeliveryIT {

    private final EmbeddedPubSub server = EmbeddedPubSub.start();
    private final GoogleClient client = new GoogleClient(server.endpoint());

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void deliversWhatIsPublishedOnceToEachSubscription() throws Exception {
        client.create("news", "first", "second");
        Queue<String> first = new ConcurrentLinkedQueue<>();
        Queue<String> second = new ConcurrentLinkedQueue<>();
        client.receive(
                "first",
                (message, reply) -> {
                    first.add(message.getMessageId());
                    reply.ack();
                });
        client.receive(
                "second",
                (message, reply) -> {
                    second.add(message.getMessageId());
                    reply.ack();
                });
        Publisher publisher = client.publisher("news");
        for (int i = 0; i < 5_000; i++) {
            var _ =
                    publisher.publish(
                            message("m" + i).toBuilder().putAttributes("n", "" + i).build());
        }
        String last = GoogleClient.idOf(publisher.publish(message("last")));
        await().untilAsserted(
                        () ->
                                assertThat(first)
                                        .hasSize(5_001)
                                        .doesNotHaveDuplicates()
                                        .contains(last));
        await().untilAsserted(() -> assertThat(second).hasSize(5_001).doesNotHaveDuplicates());
        await().untilAsserted(
                        () ->
                                assertThat(server.subscriptionCounts())
                                        .allMatch(
                                                counts ->
                                                        counts.acknowledged() == 5_001
                                                                && counts.waiting()
                                                                                + counts
                                                                                        .outstanding()
                                                                        == 0));
        assertThat(server.topicCounts()).containsExactly(new TopicCounts(topic("news"), 5_001));
    }

    @Test
    void keepsDataAttributesKeyIdAndTime() {
        client.create("news", "first");
        String id =
                client.publish(
                                "news",
                                message("text", "key").toBuilder()
                                        .putAttributes("a", "é")
                                        .setMessageId("forged")
                                        .build())
                        .getFirst();
        ReceivedMessage received = pull("first", 1).getFirst();
        assertThat(received.getMessage().getMessageId()).isEqualTo(id);
        assertThat(received.getMessage().getData().toStringUtf8()).isEqualTo("text");
        assertThat(received.getMessage().getAttributesMap())
                .containsOnly(java.util.Map.entry("a", "é"));
        assertThat(received.getMessage().getOrderingKey()).isEqualTo("key");
        assertThat(received.getMessage().getPublishTime().getSeconds()).isPositive();
    }

    @Test
    void handsOutAgainWhatIsNotAcknowledgedInTime() {
        client.create("news");
        client.subscribe(Subscription.newBuilder().setAckDeadlineSeconds(10), "news", "first");
        client.publish("news", message("m"));
        ReceivedMessage first = pull("first", 1).getFirst();
        assertThat(pullAtOnce("first")).isEmpty();
        // a shorter deadline than the subscription's, so that nobody has to wait ten seconds
        client.subscriptions.modifyAckDeadline(subscription("first"), List.of(first.getAckId()), 1);
        ReceivedMessage again = pull("first", 1).getFirst();
        assertThat(again.getMessage().getMessageId()).isEqualTo(first.getMessage().getMessageId());
        assertThat(again.getAckId()).isNotEqualTo(first.getAckId());
        client.subscriptions.acknowledge(subscription("first"), List.of(again.getAckId()));
        assertThat(pullAtOnce("first")).isEmpty();
        assertThat(server.subscriptionCounts().getFirst().handedOutAgain()).isEqualTo(1);
    }

    @Test
    void handsOutAgainAtOnceWhatIsNacked() {
        client.create("news", "first");
        Queue<String> received = new ConcurrentLinkedQueue<>();
        client.receive(
                "first",
                (message, reply) -> {
                    received.add(message.getMessageId());
                    if (received.size() < 3) {
                        reply.nack();
                    } else {
                        reply.ack();
                    }
                });
        client.publish("news", message("m"));
        await().untilAsserted(() -> assertThat(received).hasSize(3));
        await().untilAsserted(
                        () ->
                                assertThat(server.subscriptionCounts().getFirst().acknowledged())
                                        .isEqualTo(1));
    }

    @Test
    void restsANackedMessageAsTheRetryPolicySays() {
        client.create("news");
        client.subscribe(
                Subscription.newBuilder()
                        .setRetryPolicy(
                                RetryPolicy.newBuilder()
                                        .setMinimumBackoff(Duration.newBuilder().setSeconds(1))
                                        .setMaximumBackoff(Duration.newBuilder().setSeconds(2))),
                "news",
                "first");
        client.publish("news", message("m"));
        ReceivedMessage first = pull("first", 1).getFirst();
        long nacked = System.nanoTime();
        client.subscriptions.modifyAckDeadline(subscription("first"), List.of(first.getAckId()), 0);
        assertThat(pullAtOnce("first")).isEmpty();
        assertThat(pull("first", 1)).hasSize(1);
        assertThat(java.time.Duration.ofNanos(System.nanoTime() - nacked))
                .isGreaterThan(java.time.Duration.ofMillis(950));
    }

    @Test
    void givesWhatALostStreamHadToOthersAtOnce() {
        client.create("news", "first");
        List<ReceivedMessage> lost = new ArrayList<>();
        StreamObserver<StreamingPullRequest> stream = stream("first", 600, 0, lost);
        client.publish("news", message("a"), message("b"), message("c"));
        await().untilAsserted(() -> assertThat(lost).hasSize(3));
        assertThat(pullAtOnce("first")).isEmpty();
        stream.onError(Status.CANCELLED.asException());
        await().untilAsserted(() -> assertThat(pull("first", 3)).isNotEmpty());
    }

    @Test
    void sendsAStreamNoMoreThanItAskedFor() {
        client.create("news", "first");
        List<ReceivedMessage> received = new ArrayList<>();
        StreamObserver<StreamingPullRequest> stream = stream("first", 60, 2, received);
        client.publish("news", message("a"), message("b"), message("c"), message("d"));
        await().untilAsserted(() -> assertThat(received).hasSize(2));
        assertThat(server.subscriptionCounts().getFirst().outstanding()).isEqualTo(2);
        assertThat(server.subscriptionCounts().getFirst().unacknowledged()).isEqualTo(4);
        assertThat(server.subscriptionCounts().getFirst().oldestPublished())
                .isEqualTo(
                        Instant.ofEpochMilli(
                                Timestamps.toMillis(
                                        received.getFirst().getMessage().getPublishTime())));
        stream.onNext(
                StreamingPullRequest.newBuilder()
                        .addAckIds(received.getFirst().getAckId())
                        .addModifyDeadlineAckIds(received.get(1).getAckId())
                        .addModifyDeadlineSeconds(600)
                        .build());
        await().untilAsserted(() -> assertThat(received).hasSize(3));
        assertThat(server.subscriptionCounts().getFirst().outstanding()).isEqualTo(2);
        stream.onCompleted();
        await().untilAsserted(
                        () ->
                                assertThat(server.subscriptionCounts().getFirst().outstanding())
                                        .isZero());
    }

    @Test
    void answersThePingOfAClientThatWatchesItsStream() {
        client.create("news", "first");
        Queue<StreamingPullResponse> responses = new ConcurrentLinkedQueue<>();
        StreamObserver<StreamingPullRequest> stream =
                SubscriberGrpc.newStub(client.channel).streamingPull(collecting(responses::add));
        stream.onNext(
                StreamingPullRequest.newBuilder()
                        .setSubscription(subscription("first"))
                        .setStreamAckDeadlineSeconds(10)
                        .setProtocolVersion(1)
                        .build());
        await().untilAsserted(() -> assertThat(responses).hasSize(1));
        long pinged = System.nanoTime();
        stream.onNext(StreamingPullRequest.getDefaultInstance());
        await().untilAsserted(() -> assertThat(responses).hasSize(2));
        // Sooner, the client might not yet know that it has sent it.
        assertThat(System.nanoTime() - pinged).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(500));
        stream.onCompleted();
    }

    @Test
    void sharesTheLoadAmongStreams() {
        client.create("news", "first");
        Queue<String> one = new ConcurrentLinkedQueue<>();
        Queue<String> other = new ConcurrentLinkedQueue<>();
        client.receive(
                "first",
                (message, reply) -> {
                    one.add(message.getMessageId());
                    reply.ack();
                });
        client.receive(
                "first",
                (message, reply) -> {
                    other.add(message.getMessageId());
                    reply.ack();
                });
        Publisher publisher = client.publisher("news");
        for (int i = 0; i < 4_000; i++) {
            var _ = publisher.publish(message("m" + i));
        }
        await().untilAsserted(() -> assertThat(one.size() + other.size()).isEqualTo(4_000));
        assertThat(one).hasSizeGreaterThan(400);
        assertThat(other).hasSizeGreaterThan(400);
    }

    @Test
    void endsStreamsOfADeletedSubscription() {
        client.create("news", "first");
        Subscriber subscriber = client.receive("first", (_, reply) -> reply.ack());
        await().until(() -> server.subscriptionCounts().size() == 1);
        client.subscriptions.deleteSubscription(subscription("first"));
        await().untilAsserted(() -> assertThat(subscriber.isRunning()).isFalse());
        assertThatThrownBy(subscriber::awaitTerminated).hasMessageContaining("FAILED");
    }

    private List<ReceivedMessage> pull(String id, int max) {
        return client.subscriptions.pull(subscription(id), max).getReceivedMessagesList();
    }

    @SuppressWarnings("deprecation") // the only way to ask without waiting
    private List<ReceivedMessage> pullAtOnce(String id) {
        PullResponse response =
                client.subscriptions.pull(
                        PullRequest.newBuilder()
                                .setSubscription(subscription(id))
                                .setMaxMessages(100)
                                .setReturnImmediately(true)
                                .build());
        return response.getReceivedMessagesList();
    }

    private StreamObserver<StreamingPullRequest> stream(
            String id, int lease, long maxOutstanding, List<ReceivedMessage> received) {
        StreamObserver<StreamingPullRequest> stream =
                SubscriberGrpc.newStub(client.channel)
                        .streamingPull(
                                collecting(
                                        response ->
                                                received.addAll(
                                                        response.getReceivedMessagesList())));
        stream.onNext(
                StreamingPullRequest.newBuilder()
                        .setSubscription(subscription(id))
                        .setStreamAckDeadlineSeconds(lease)
                        .setMaxOutstandingMessages(maxOutstanding)
                        .build());
        return stream;
    }

    private static StreamObserver<StreamingPullResponse> collecting(
            java.util.function.Consumer<StreamingPullResponse> collector) {
        return new StreamObserver<>() {
            @Override
            public void onNext(StreamingPullResponse response) {
                collector.accept(response);
            }

            @Override
            public void onError(Throwable end) {}

            @Override
            public void onCompleted() {}
        };
    }
}
