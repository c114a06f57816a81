package io.farandole.pubsub;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.AcknowledgeRequest;
import com.google.pubsub.v1.CreateSnapshotRequest;
import com.google.pubsub.v1.ModifyAckDeadlineRequest;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PublisherGrpc.PublisherBlockingStub;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.SeekRequest;
import com.google.pubsub.v1.Snapshot;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.SubscriberGrpc.SubscriberBlockingStub;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The generated stubs alone: what any client of any language can send. */
final class RawClient implements AutoCloseable {

    static final String PROJECT = "projects/farandole";

    private final ManagedChannel channel;
    final PublisherBlockingStub publisher;
    final SubscriberBlockingStub subscriber;

    RawClient(String endpoint) {
        channel = ManagedChannelBuilder.forTarget(endpoint).usePlaintext().build();
        publisher = PublisherGrpc.newBlockingStub(channel);
        subscriber = SubscriberGrpc.newBlockingStub(channel);
    }

    static String topic(String id) {
        return PROJECT + "/topics/" + id;
    }

    static String subscription(String id) {
        return PROJECT + "/subscriptions/" + id;
    }

    static String snapshot(String id) {
        return PROJECT + "/snapshots/" + id;
    }

    Topic createTopic(String id) {
        return createTopic(Topic.newBuilder(), id);
    }

    Topic createTopic(Topic.Builder topic, String id) {
        return publisher.createTopic(topic.setName(topic(id)).build());
    }

    Subscription subscribe(String topic, String id) {
        return subscribe(Subscription.newBuilder(), topic, id);
    }

    Subscription subscribe(Subscription.Builder subscription, String topic, String id) {
        return subscriber.createSubscription(
                subscription.setName(subscription(id)).setTopic(topic(topic)).build());
    }

    Subscription get(String subscription) {
        return subscriber.getSubscription(
                com.google.pubsub.v1.GetSubscriptionRequest.newBuilder()
                        .setSubscription(subscription(subscription))
                        .build());
    }

    /** Publishes each text in a request of its own. */
    void publish(String topic, String... texts) {
        publishKeyed(topic, "", texts);
    }

    void publishKeyed(String topic, String key, String... texts) {
        for (String text : texts) {
            var _ =
                    publisher.publish(
                            PublishRequest.newBuilder()
                                    .setTopic(topic(topic))
                                    .addMessages(
                                            PubsubMessage.newBuilder()
                                                    .setData(ByteString.copyFromUtf8(text))
                                                    .setOrderingKey(key))
                                    .build());
        }
    }

    /** What there is at once. */
    @SuppressWarnings("deprecation") // the only way to ask without waiting
    List<ReceivedMessage> pull(String subscription) {
        return subscriber
                .pull(
                        PullRequest.newBuilder()
                                .setSubscription(subscription(subscription))
                                .setMaxMessages(1_000)
                                .setReturnImmediately(true)
                                .build())
                .getReceivedMessagesList();
    }

    void acknowledge(String subscription, List<ReceivedMessage> received) {
        if (!received.isEmpty()) {
            var _ =
                    subscriber.acknowledge(
                            AcknowledgeRequest.newBuilder()
                                    .setSubscription(subscription(subscription))
                                    .addAllAckIds(ackIds(received))
                                    .build());
        }
    }

    /** Pulls and acknowledges until nothing is left; what came, in order. */
    List<String> drain(String subscription) {
        List<String> texts = new ArrayList<>();
        for (List<ReceivedMessage> got = pull(subscription);
                !got.isEmpty();
                got = pull(subscription)) {
            texts.addAll(texts(got));
            acknowledge(subscription, got);
        }
        return texts;
    }

    void giveBack(String subscription, List<ReceivedMessage> received) {
        var _ =
                subscriber.modifyAckDeadline(
                        ModifyAckDeadlineRequest.newBuilder()
                                .setSubscription(subscription(subscription))
                                .addAllAckIds(ackIds(received))
                                .setAckDeadlineSeconds(0)
                                .build());
    }

    void seek(String subscription, Timestamp time) {
        var _ =
                subscriber.seek(
                        SeekRequest.newBuilder()
                                .setSubscription(subscription(subscription))
                                .setTime(time)
                                .build());
    }

    void seek(String subscription, String snapshot) {
        var _ =
                subscriber.seek(
                        SeekRequest.newBuilder()
                                .setSubscription(subscription(subscription))
                                .setSnapshot(snapshot(snapshot))
                                .build());
    }

    Snapshot createSnapshot(String subscription, String id) {
        return subscriber.createSnapshot(
                CreateSnapshotRequest.newBuilder()
                        .setSubscription(subscription(subscription))
                        .setName(id.isEmpty() ? "" : snapshot(id))
                        .build());
    }

    static List<String> texts(List<ReceivedMessage> received) {
        return received.stream().map(one -> one.getMessage().getData().toStringUtf8()).toList();
    }

    private static List<String> ackIds(List<ReceivedMessage> received) {
        return received.stream().map(ReceivedMessage::getAckId).toList();
    }

    @Override
    public void close() {
        channel.shutdownNow();
        try {
            if (!channel.awaitTermination(5, TimeUnit.SECONDS)) {
                throw new AssertionError("the channel did not close");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
