package io.farandole.pubsub.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.AcknowledgeRequest;
import com.google.pubsub.v1.DeleteSubscriptionRequest;
import com.google.pubsub.v1.DeleteTopicRequest;
import com.google.pubsub.v1.GetSubscriptionRequest;
import com.google.pubsub.v1.ModifyAckDeadlineRequest;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PublisherGrpc.PublisherBlockingStub;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.SchemaServiceGrpc;
import com.google.pubsub.v1.SchemaServiceGrpc.SchemaServiceBlockingStub;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.SubscriberGrpc.SubscriberBlockingStub;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** What a case has to work with: a server, and a project of its own on it. */
final class World implements AutoCloseable {

    private static final AtomicInteger PROJECTS = new AtomicInteger();
    private static final int CALL_SECONDS = 20;

    private final Subject subject;
    private final String project;
    private final List<PullingStream> streams = new ArrayList<>();

    World(Subject subject, String name) {
        this.subject = subject;
        this.project =
                "projects/" + name.toLowerCase(java.util.Locale.ROOT) + PROJECTS.incrementAndGet();
    }

    Subject subject() {
        return subject;
    }

    String project() {
        return project;
    }

    PublisherBlockingStub publisher() {
        return PublisherGrpc.newBlockingStub(subject.channel())
                .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    SubscriberBlockingStub subscriber() {
        return SubscriberGrpc.newBlockingStub(subject.channel())
                .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    SchemaServiceBlockingStub schemas() {
        return SchemaServiceGrpc.newBlockingStub(subject.channel())
                .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    String topicName(String id) {
        return project + "/topics/" + id;
    }

    String subscriptionName(String id) {
        return project + "/subscriptions/" + id;
    }

    String snapshotName(String id) {
        return project + "/snapshots/" + id;
    }

    String schemaName(String id) {
        return project + "/schemas/" + id;
    }

    Topic topic(String id) {
        return topic(id, topic -> topic);
    }

    Topic topic(String id, UnaryOperator<Topic.Builder> more) {
        return publisher()
                .createTopic(more.apply(Topic.newBuilder().setName(topicName(id))).build());
    }

    Subscription subscription(String id, String topic) {
        return subscription(id, topic, subscription -> subscription);
    }

    Subscription subscription(String id, String topic, UnaryOperator<Subscription.Builder> more) {
        return subscriber()
                .createSubscription(
                        more.apply(
                                        Subscription.newBuilder()
                                                .setName(subscriptionName(id))
                                                .setTopic(topicName(topic)))
                                .build());
    }

    /** The topic "news", and on it the subscription "first". */
    void newsAndFirst() {
        newsAndFirst(subscription -> subscription);
    }

    void newsAndFirst(UnaryOperator<Subscription.Builder> more) {
        topic("news");
        subscription("first", "news", more);
    }

    Subscription get(String subscription) {
        return subscriber()
                .getSubscription(
                        GetSubscriptionRequest.newBuilder()
                                .setSubscription(subscriptionName(subscription))
                                .build());
    }

    void deleteTopic(String id) {
        var _ =
                publisher()
                        .deleteTopic(
                                DeleteTopicRequest.newBuilder().setTopic(topicName(id)).build());
    }

    void deleteSubscription(String id) {
        var _ =
                subscriber()
                        .deleteSubscription(
                                DeleteSubscriptionRequest.newBuilder()
                                        .setSubscription(subscriptionName(id))
                                        .build());
    }

    static PubsubMessage message(String text) {
        return PubsubMessage.newBuilder().setData(ByteString.copyFromUtf8(text)).build();
    }

    static PubsubMessage keyed(String key, String text) {
        return message(text).toBuilder().setOrderingKey(key).build();
    }

    static PubsubMessage with(String attribute, String value) {
        return message(attribute + "=" + value).toBuilder().putAttributes(attribute, value).build();
    }

    List<String> publish(String topic, PubsubMessage... messages) {
        return publisher()
                .publish(
                        PublishRequest.newBuilder()
                                .setTopic(topicName(topic))
                                .addAllMessages(List.of(messages))
                                .build())
                .getMessageIdsList();
    }

    /** Each in a request of its own. */
    void publish(String topic, String... texts) {
        for (String text : texts) {
            var _ = publish(topic, message(text));
        }
    }

    /** All that can be had at once. */
    @SuppressWarnings("deprecation") // waiting is what a case must not do here
    List<ReceivedMessage> pullNow(String subscription, int max) {
        return subscriber()
                .pull(
                        PullRequest.newBuilder()
                                .setSubscription(subscriptionName(subscription))
                                .setMaxMessages(max)
                                .setReturnImmediately(true)
                                .build())
                .getReceivedMessagesList();
    }

    /** Pulls until that many have come; it is an error when they do not, or more. */
    List<ReceivedMessage> pull(String subscription, int count) {
        List<ReceivedMessage> received = new ArrayList<>();
        eventually(
                () -> {
                    received.addAll(pullNow(subscription, count));
                    assertThat(received)
                            .as("messages of %s", subscription)
                            .hasSizeGreaterThanOrEqualTo(count);
                });
        assertThat(received).as("messages of %s", subscription).hasSize(count);
        return received;
    }

    ReceivedMessage pullOne(String subscription) {
        return pull(subscription, 1).getFirst();
    }

    /** Pulls and acknowledges until those texts have come, in whatever order, and nothing else. */
    void drains(String subscription, String... texts) {
        List<ReceivedMessage> received =
                texts.length == 0 ? List.of() : pull(subscription, texts.length);
        assertThat(texts(received)).containsExactlyInAnyOrder(texts);
        if (!received.isEmpty()) {
            ack(subscription, received);
        }
        nothing(subscription);
    }

    /** Nothing can be had, now or soon. */
    void nothing(String subscription) {
        if (!subject.isOurs()) {
            settle();
        }
        assertThat(texts(pullNow(subscription, 100))).as("messages of %s", subscription).isEmpty();
    }

    static List<String> texts(List<ReceivedMessage> received) {
        return received.stream().map(World::text).toList();
    }

    static String text(ReceivedMessage received) {
        return received.getMessage().getData().toStringUtf8();
    }

    static String[] ackIds(List<ReceivedMessage> received) {
        return received.stream().map(ReceivedMessage::getAckId).toArray(String[]::new);
    }

    void ack(String subscription, List<ReceivedMessage> received) {
        ack(subscription, ackIds(received));
    }

    void ack(String subscription, String... ackIds) {
        var _ =
                subscriber()
                        .acknowledge(
                                AcknowledgeRequest.newBuilder()
                                        .setSubscription(subscriptionName(subscription))
                                        .addAllAckIds(Arrays.asList(ackIds))
                                        .build());
    }

    void nack(String subscription, String... ackIds) {
        deadline(subscription, 0, ackIds);
    }

    void deadline(String subscription, int seconds, String... ackIds) {
        var _ =
                subscriber()
                        .modifyAckDeadline(
                                ModifyAckDeadlineRequest.newBuilder()
                                        .setSubscription(subscriptionName(subscription))
                                        .setAckDeadlineSeconds(seconds)
                                        .addAllAckIds(Arrays.asList(ackIds))
                                        .build());
    }

    PullingStream stream(String subscription) {
        return stream(subscription, request -> request);
    }

    PullingStream stream(
            String subscription,
            UnaryOperator<com.google.pubsub.v1.StreamingPullRequest.Builder> more) {
        PullingStream stream = new PullingStream(this);
        streams.add(stream);
        stream.send(
                request ->
                        more.apply(
                                request.setSubscription(subscriptionName(subscription))
                                        .setStreamAckDeadlineSeconds(60)));
        return stream;
    }

    void pass(Duration time) {
        subject.pass(time);
    }

    void pass(int seconds) {
        pass(Duration.ofSeconds(seconds));
    }

    /** Gives what should not come the time to come. */
    void settle() {
        await().pollDelay(subject.settled()).until(() -> true);
    }

    void eventually(org.awaitility.core.ThrowingRunnable assertion) {
        await().atMost(subject.patience())
                .pollInterval(Duration.ofMillis(subject.isOurs() ? 5 : 100))
                .untilAsserted(assertion);
    }

    @Override
    public void close() {
        streams.forEach(PullingStream::cancel);
    }
}
