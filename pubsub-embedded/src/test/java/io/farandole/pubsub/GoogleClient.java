package io.farandole.pubsub;

import com.google.api.core.ApiFuture;
import com.google.api.gax.batching.BatchingSettings;
import com.google.api.gax.batching.FlowControlSettings;
import com.google.api.gax.batching.FlowController.LimitExceededBehavior;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.cloud.pubsub.v1.MessageReceiver;
import com.google.cloud.pubsub.v1.MessageReceiverWithAckResponse;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Subscription;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Google's own Java client, connected to a server on loopback as its documentation says for
 * emulators.
 */
final class GoogleClient implements AutoCloseable {

    private static final String PROJECT = "projects/farandole/";

    final ManagedChannel channel;
    final TopicAdminClient topics;
    final SubscriptionAdminClient subscriptions;
    private final TransportChannelProvider transport;
    private final List<Publisher> publishers = new ArrayList<>();
    private final List<Subscriber> subscribers = new ArrayList<>();

    GoogleClient(String endpoint, ClientInterceptor... interceptors) {
        this(
                ManagedChannelBuilder.forTarget(endpoint)
                        .usePlaintext()
                        .intercept(interceptors)
                        .build());
    }

    GoogleClient(ManagedChannel leading) {
        channel = leading;
        transport = FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel));
        try {
            topics =
                    TopicAdminClient.create(
                            TopicAdminSettings.newBuilder()
                                    .setTransportChannelProvider(transport)
                                    .setCredentialsProvider(NoCredentialsProvider.create())
                                    .build());
            subscriptions =
                    SubscriptionAdminClient.create(
                            SubscriptionAdminSettings.newBuilder()
                                    .setTransportChannelProvider(transport)
                                    .setCredentialsProvider(NoCredentialsProvider.create())
                                    .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String topic(String id) {
        return PROJECT + "topics/" + id;
    }

    static String subscription(String id) {
        return PROJECT + "subscriptions/" + id;
    }

    static PubsubMessage message(String text) {
        return PubsubMessage.newBuilder().setData(ByteString.copyFromUtf8(text)).build();
    }

    static PubsubMessage message(String text, String key) {
        return message(text).toBuilder().setOrderingKey(key).build();
    }

    void create(String topic, String... subscriptionIds) {
        topics.createTopic(topic(topic));
        for (String id : subscriptionIds) {
            subscribe(Subscription.newBuilder(), topic, id);
        }
    }

    void createOrdered(String topic, String subscriptionId) {
        topics.createTopic(topic(topic));
        subscribe(Subscription.newBuilder().setEnableMessageOrdering(true), topic, subscriptionId);
    }

    Subscription subscribe(Subscription.Builder subscription, String topic, String id) {
        return subscriptions.createSubscription(
                subscription.setName(subscription(id)).setTopic(topic(topic)).build());
    }

    Publisher publisher(String topic) {
        return publisher(topic, false);
    }

    Publisher publisher(String topic, boolean ordered) {
        return publisher(topic, ordered, 60);
    }

    Publisher publisher(String topic, boolean ordered, long giveUpAfterSeconds) {
        try {
            Publisher publisher =
                    Publisher.newBuilder(topic(topic))
                            .setChannelProvider(transport)
                            .setCredentialsProvider(NoCredentialsProvider.create())
                            .setEnableMessageOrdering(ordered)
                            .setRetrySettings(
                                    RetrySettings.newBuilder()
                                            .setInitialRetryDelayDuration(Duration.ofMillis(100))
                                            .setRetryDelayMultiplier(1.3)
                                            .setMaxRetryDelayDuration(Duration.ofSeconds(1))
                                            .setInitialRpcTimeoutDuration(Duration.ofSeconds(5))
                                            .setMaxRpcTimeoutDuration(Duration.ofSeconds(5))
                                            .setTotalTimeoutDuration(
                                                    Duration.ofSeconds(giveUpAfterSeconds))
                                            .build())
                            .setBatchingSettings(
                                    BatchingSettings.newBuilder()
                                            .setElementCountThreshold(1000L)
                                            .setRequestByteThreshold(500_000L)
                                            .setDelayThresholdDuration(Duration.ofMillis(5))
                                            .setFlowControlSettings(
                                                    FlowControlSettings.newBuilder()
                                                            .setMaxOutstandingElementCount(20_000L)
                                                            .setMaxOutstandingRequestBytes(
                                                                    100_000_000L)
                                                            .setLimitExceededBehavior(
                                                                    LimitExceededBehavior.Block)
                                                            .build())
                                            .build())
                            .build();
            publishers.add(publisher);
            return publisher;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> publish(String topic, PubsubMessage... messages) {
        return topics.publish(topic(topic), List.of(messages)).getMessageIdsList();
    }

    static String idOf(ApiFuture<String> published) throws Exception {
        return published.get(30, TimeUnit.SECONDS);
    }

    Subscriber receive(String subscriptionId, MessageReceiver receiver) {
        return receive(subscriptionId, 20_000, receiver);
    }

    Subscriber receive(String subscriptionId, long maxOutstanding, MessageReceiver receiver) {
        Subscriber subscriber =
                Subscriber.newBuilder(subscription(subscriptionId), receiver)
                        .setChannelProvider(transport)
                        .setCredentialsProvider(NoCredentialsProvider.create())
                        .setFlowControlSettings(
                                FlowControlSettings.newBuilder()
                                        .setMaxOutstandingElementCount(maxOutstanding)
                                        .setMaxOutstandingRequestBytes(500_000_000L)
                                        .build())
                        .build();
        subscribers.add(subscriber);
        subscriber.startAsync().awaitRunning();
        return subscriber;
    }

    Subscriber receiveWithResponses(
            String subscriptionId, MessageReceiverWithAckResponse receiver) {
        Subscriber subscriber =
                Subscriber.newBuilder(subscription(subscriptionId), receiver)
                        .setChannelProvider(transport)
                        .setCredentialsProvider(NoCredentialsProvider.create())
                        .build();
        subscribers.add(subscriber);
        subscriber.startAsync().awaitRunning();
        return subscriber;
    }

    @Override
    public void close() {
        subscribers.forEach(Subscriber::stopAsync);
        subscribers.forEach(GoogleClient::terminated);
        publishers.forEach(Publisher::shutdown);
        topics.close();
        subscriptions.close();
        channel.shutdownNow();
    }

    /** For a client whose server was killed: what it still tries is left to fail by itself. */
    void abandon() {
        channel.shutdownNow();
        subscribers.forEach(Subscriber::stopAsync);
        topics.close();
        subscriptions.close();
    }

    private static void terminated(Subscriber subscriber) {
        try {
            subscriber.awaitTerminated(3, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException | IllegalStateException e) {
            // a subscriber whose server went away fails; that it ended is all that counts here
            subscriber.stopAsync();
        }
    }
}
