package io.farandole.pubsub;

import static io.farandole.pubsub.GoogleClient.message;
import static io.farandole.pubsub.GoogleClient.subscription;
import static io.farandole.pubsub.GoogleClient.topic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.cloud.pubsub.v1.Subscriber;
import com.google.protobuf.FieldMask;
import com.google.protobuf.util.Timestamps;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.UpdateSubscriptionRequest;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Google's client sees of messages that are delivered too often. */
class DeadLetterIT {

    @TempDir Path directory;
    private EmbeddedPubSub server;
    private GoogleClient client;

    @BeforeEach
    void start() {
        server = EmbeddedPubSub.builder().journal(directory).start();
        client = new GoogleClient(server.endpoint());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void forwardsAfterTheLastAttemptAndSaysWhereItComesFrom() {
        client.create("dead", "letters");
        client.create("news");
        client.subscribe(policy(0), "news", "first");
        String id =
                client.publish(
                                "news",
                                message("m", "key").toBuilder().putAttributes("a", "b").build())
                        .getFirst();
        PubsubMessage sent = PubsubMessage.getDefaultInstance();
        for (int attempt = 1; attempt <= 5; attempt++) {
            ReceivedMessage received = pull("first").getFirst();
            assertThat(received.getDeliveryAttempt()).isEqualTo(attempt);
            assertThat(received.getMessage().getMessageId()).isEqualTo(id);
            sent = received.getMessage();
            nack(received);
        }
        ReceivedMessage letter = pull("letters").getFirst();
        assertThat(letter.getDeliveryAttempt()).isZero();
        assertThat(letter.getMessage().getData().toStringUtf8()).isEqualTo("m");
        assertThat(letter.getMessage().getOrderingKey()).isEqualTo("key");
        assertThat(letter.getMessage().getMessageId()).isNotEqualTo(id);
        assertThat(letter.getMessage().getAttributesMap())
                .containsAllEntriesOf(
                        Map.of(
                                "a", "b",
                                "CloudPubSubDeadLetterSourceDeliveryCount", "5",
                                "CloudPubSubDeadLetterSourceSubscription", "first",
                                "CloudPubSubDeadLetterSourceSubscriptionProject", "farandole"))
                .hasSize(5);
        assertThat(
                        letter.getMessage()
                                .getAttributesOrThrow(
                                        "CloudPubSubDeadLetterSourceTopicPublishTime"))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\+00:00")
                .startsWith(Timestamps.toString(sent.getPublishTime()).substring(0, 19));
        await().untilAsserted(() -> assertThat(counts("first").acknowledged()).isEqualTo(1));
        assertThat(pullAtOnce("first")).isEmpty();
    }

    @Test
    void countsMissedDeadlinesAndNotThoseOfLostStreams() {
        client.create("dead", "letters");
        client.create("news");
        client.subscribe(policy(5), "news", "first");
        client.publish("news", message("m"));
        for (int attempt = 1; attempt <= 4; attempt++) {
            nack(pull("first").getFirst());
        }
        Queue<Integer> attempts = new ConcurrentLinkedQueue<>();
        Subscriber lost =
                client.receive("first", (message, reply) -> attempts.add(attemptOf(message)));
        await().untilAsserted(() -> assertThat(attempts).containsExactly(5));
        lost.stopAsync();
        ReceivedMessage last = pull("first").getFirst();
        assertThat(last.getDeliveryAttempt()).isBetween(5, 6);
        client.subscriptions.modifyAckDeadline(subscription("first"), List.of(last.getAckId()), 1);
        assertThat(pull("letters")).hasSize(1);
    }

    @Test
    void letsTheLaterOnesOfAKeyGoOn() {
        client.create("dead", "letters");
        client.create("news");
        client.subscribe(policy(5).setEnableMessageOrdering(true), "news", "first");
        client.publish("news", message("1", "a"), message("bad", "a"), message("3", "a"));
        client.publish("news", message("4", "b"));
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        Queue<Integer> attempts = new ConcurrentLinkedQueue<>();
        client.receive(
                "first",
                (message, reply) -> {
                    String text = message.getData().toStringUtf8();
                    if (text.equals("bad")) {
                        attempts.add(attemptOf(message));
                        reply.nack();
                    } else {
                        acknowledged.add(text);
                        reply.ack();
                    }
                });
        await().untilAsserted(
                        () ->
                                assertThat(
                                                counts("first").waiting()
                                                        + counts("first").outstanding())
                                        .isZero());
        assertThat(attempts).containsExactly(1, 2, 3, 4, 5);
        List<String> distinct = acknowledged.stream().distinct().toList();
        assertThat(distinct).containsExactlyInAnyOrder("1", "3", "4").containsSubsequence("1", "3");
        client.publish("news", message("5", "a"));
        await().untilAsserted(() -> assertThat(acknowledged).contains("5"));
        ReceivedMessage letter = pull("letters").getFirst();
        assertThat(letter.getMessage().getData().toStringUtf8()).isEqualTo("bad");
        assertThat(letter.getMessage().getOrderingKey()).isEqualTo("a");
    }

    @Test
    void keepsTheMessageWhileThereIsNoDeadLetterTopic() {
        client.create("dead");
        client.create("news");
        client.subscribe(policy(5), "news", "first");
        client.topics.deleteTopic(topic("dead"));
        client.publish("news", message("m"));
        for (int attempt = 1; attempt <= 7; attempt++) {
            ReceivedMessage received = pull("first").getFirst();
            assertThat(received.getDeliveryAttempt()).isEqualTo(attempt);
            nack(received);
        }
        client.create("dead", "letters");
        nack(pull("first").getFirst());
        assertThat(
                        pull("letters")
                                .getFirst()
                                .getMessage()
                                .getAttributesOrThrow("CloudPubSubDeadLetterSourceDeliveryCount"))
                .isEqualTo("8");
    }

    @Test
    void keepsForwardedMessagesForwardedOverARestart() {
        client.create("dead", "letters");
        client.create("news");
        client.subscribe(policy(5), "news", "first");
        client.publish("news", message("m"));
        for (int attempt = 1; attempt <= 5; attempt++) {
            nack(pull("first").getFirst());
        }
        await().untilAsserted(() -> assertThat(counts("first").acknowledged()).isEqualTo(1));
        stop();
        start();
        assertThat(pullAtOnce("first")).isEmpty();
        assertThat(pull("letters")).hasSize(1);
    }

    @Test
    void takesOnlyPoliciesThatItCanFollow() {
        client.create("dead");
        client.create("news");
        for (int attempts : new int[] {1, 4, 101, -1}) {
            refused(
                    Status.Code.INVALID_ARGUMENT,
                    "max_delivery_attempts is " + attempts,
                    () -> client.subscribe(policy(attempts), "news", "first"));
        }
        refused(
                Status.Code.NOT_FOUND,
                "nowhere",
                () -> client.subscribe(policy("nowhere", 5), "news", "first"));
        refused(
                Status.Code.INVALID_ARGUMENT,
                "has to be another",
                () -> client.subscribe(policy("news", 5), "news", "first"));
        Subscription created = client.subscribe(policy(0), "news", "first");
        assertThat(created.getDeadLetterPolicy().getMaxDeliveryAttempts()).isEqualTo(5);
        assertThat(
                        update(created.toBuilder().setDeadLetterPolicy(forPolicy("dead", 100)))
                                .getDeadLetterPolicy()
                                .getMaxDeliveryAttempts())
                .isEqualTo(100);
        refused(
                Status.Code.NOT_FOUND,
                "nowhere",
                () -> update(created.toBuilder().setDeadLetterPolicy(forPolicy("nowhere", 5))));
        assertThat(update(created.toBuilder().clearDeadLetterPolicy()).hasDeadLetterPolicy())
                .isFalse();
        client.publish("news", message("m"));
        assertThat(pull("first").getFirst().getDeliveryAttempt()).isZero();
    }

    private Subscription update(Subscription.Builder wanted) {
        return client.subscriptions.updateSubscription(
                UpdateSubscriptionRequest.newBuilder()
                        .setSubscription(wanted)
                        .setUpdateMask(FieldMask.newBuilder().addPaths("dead_letter_policy"))
                        .build());
    }

    private static Subscription.Builder policy(int attempts) {
        return policy("dead", attempts);
    }

    private static Subscription.Builder policy(String topic, int attempts) {
        return Subscription.newBuilder().setDeadLetterPolicy(forPolicy(topic, attempts));
    }

    private static DeadLetterPolicy forPolicy(String topic, int attempts) {
        return DeadLetterPolicy.newBuilder()
                .setDeadLetterTopic(topic(topic))
                .setMaxDeliveryAttempts(attempts)
                .build();
    }

    private static int attemptOf(PubsubMessage message) {
        Integer attempt = Subscriber.getDeliveryAttempt(message);
        return attempt == null ? 0 : attempt;
    }

    private SubscriptionCounts counts(String id) {
        return server.subscriptionCounts().stream()
                .filter(one -> one.subscription().equals(subscription(id)))
                .findFirst()
                .orElseThrow();
    }

    private List<ReceivedMessage> pull(String id) {
        List<ReceivedMessage> received = new ArrayList<>();
        await().until(
                        () -> {
                            received.addAll(
                                    client.subscriptions
                                            .pull(subscription(id), 10)
                                            .getReceivedMessagesList());
                            return !received.isEmpty();
                        });
        return received;
    }

    @SuppressWarnings("deprecation") // the only way to ask without waiting
    private List<ReceivedMessage> pullAtOnce(String id) {
        return client.subscriptions
                .pull(
                        PullRequest.newBuilder()
                                .setSubscription(subscription(id))
                                .setMaxMessages(100)
                                .setReturnImmediately(true)
                                .build())
                .getReceivedMessagesList();
    }

    private void nack(ReceivedMessage received) {
        client.subscriptions.modifyAckDeadline(
                subscription("first"), List.of(received.getAckId()), 0);
    }

    private static void refused(Status.Code code, String reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageContaining(reason)
                .satisfies(
                        thrown ->
                                assertThat(Status.fromThrowable(thrown).getCode()).isEqualTo(code));
    }
}
